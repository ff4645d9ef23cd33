import { mayCall, ROLES } from './role.js';

describe('mayCall', () => {
  it.each([
    ['anonymous', ['sender', 'viewer', 'operator', 'developer', 'administrator']],
    ['signed-in', ['sender', 'viewer', 'operator', 'developer', 'administrator']],
    ['sender', ['sender', 'developer', 'administrator']],
    ['viewer', ['viewer', 'operator', 'developer', 'administrator']],
    ['operator', ['operator', 'developer', 'administrator']],
    ['developer', ['developer', 'administrator']],
    ['administrator', ['administrator']],
  ] as const)('opens a route for %s to %j', (access, roles) => {
    expect(ROLES.filter((role) => mayCall(role, access))).toEqual(roles);
  });
});
