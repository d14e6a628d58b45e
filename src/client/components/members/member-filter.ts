import type { MemberListEntry } from '../../../protocol/account-messages.ts';
import type { CommunityChoice } from './roles-form.ts';

export interface MemberFilter {
  search: string;
  /** Empty: everywhere. */
  communityId: string;
}

const collator = new Intl.Collator('zh-Hans-CN');

const worksIn = ({ roles }: MemberListEntry, community: CommunityChoice): boolean =>
  roles.coordinator.includes(community.id) || community.grids.some(({ id }) => roles.volunteer.includes(id));

/** By name; closed accounts at the end. */
export function findMembers(
  members: readonly MemberListEntry[],
  { search, communityId }: MemberFilter,
  communities: readonly CommunityChoice[],
): MemberListEntry[] {
  const wanted = search.trim().toLowerCase();
  const community = communities.find(({ id }) => id === communityId);
  const closed = ({ active, invited }: MemberListEntry): number => (active || invited ? 0 : 1);
  return members
    .filter((member) => member.name.toLowerCase().includes(wanted))
    .filter((member) => community === undefined || worksIn(member, community))
    .sort((a, b) => closed(a) - closed(b) || collator.compare(a.name, b.name));
}
