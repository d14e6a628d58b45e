declare const __BUILT_AT__: string;

/** When this program was built; shown in 我的, and told to the coordinator's list of devices. */
export const builtAt: Date = new Date(typeof __BUILT_AT__ === 'string' ? __BUILT_AT__ : 0);

export const buildName: string = builtAt.toISOString().slice(0, 16);
