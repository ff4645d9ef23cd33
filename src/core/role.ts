/** Who may do what. Each role may do all that the ones before it may; `sender` exists for API keys only. */
export const ROLES = ['sender', 'viewer', 'operator', 'developer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What a route asks for. `sender` routes (pushing events) are open to senders, developers and administrators, but not
 * to viewers and operators, who watch: api.md, "Who may". `signed-in` asks for any role, and is for one's own session.
 */
export type Access = 'anonymous' | 'signed-in' | Role;

export function mayCall(role: Role, access: Access): boolean {
  if (access === 'anonymous' || access === 'signed-in') return true;
  if (access === 'sender') return role === 'sender' || role === 'developer' || role === 'administrator';
  return ROLES.indexOf(role) >= ROLES.indexOf(access);
}
