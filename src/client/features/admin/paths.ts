/** Where the pages of the admin stand; one place, so that a link and its route do not drift apart. */
export const ADMIN = '/admin';
export const MEMBERS = '/admin/members';
export const TERMS = '/admin/terms';
export const communityPath = (communityId: string): string => `${ADMIN}/communities/${communityId}`;
export const estatePath = (communityId: string, estateId: string): string =>
  `${communityPath(communityId)}/estates/${estateId}`;
export const newBuildingsPath = (communityId: string, estateId: string): string =>
  `${estatePath(communityId, estateId)}/new`;
export const buildingPath = (communityId: string, buildingId: string): string =>
  `${communityPath(communityId)}/buildings/${buildingId}`;
/** The members of one community, with the invitation open where somebody is to be invited. */
export const membersPath = (communityId: string, invite?: 'anyone' | 'coordinator' | 'volunteer'): string =>
  `${MEMBERS}?community=${communityId}${invite ? `&invite=${invite}` : ''}`;
