/** Some file systems know times by two seconds. */
const COARSE_MS = 2_000;

/**
 * Whether a file was taken with the camera that was opened then. That it came by that button is not enough: where there
 * is no camera, browsers offer the album instead.
 */
export const isShot = ({ lastModified }: Pick<File, 'lastModified'>, cameraOpenedAt: number | null): boolean =>
  cameraOpenedAt !== null && lastModified >= cameraOpenedAt - COARSE_MS;
