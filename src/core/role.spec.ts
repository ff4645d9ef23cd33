import { mayCall, ROLES, type Access } from './role.js';

describe('mayCall', () => {
  it.each([
    ['anonymous', ['sender', 'viewer', 'operator', 'developer', 'administrator']],
    ['sender', ['sender', 'developer', 'administrator']],
    ['viewer', ['viewer', 'operator', 'developer', 'administrator']],
    ['operator', ['operator', 'developer', 'administrator']],
    ['developer', ['developer', 'administrator']],
    ['administrator', ['administrator']],
  ] as [Access, string[]][])('a route for %s is open to %j', (access, roles) => {
    expect(ROLES.filter((role) => mayCall(role, access))).toEqual(roles);
  });
});
