import { ROLES } from '@sekisho/contracts';
import { mayDo, type Permission, PERMISSIONS } from './permissions.js';

describe('permissions', () => {
  it('give a role nothing that is not written down', () => {
    for (const [permission, roles] of Object.entries(PERMISSIONS)) {
      for (const role of ROLES) {
        expect(mayDo([role], permission as Permission)).toBe((roles as readonly string[]).includes(role));
      }
    }
    expect(mayDo([], 'report:submit')).toBe(false);
  });

  it('keep the hands apart: who orders does not rule, who rules does not order', () => {
    const can = (role: (typeof ROLES)[number]) =>
      (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => mayDo([role], permission));
    expect(can('commission')).not.toEqual(expect.arrayContaining(['order:issue']));
    expect(can('tasking-officer')).not.toContain('ruling:record');
    expect(can('tasking-officer')).not.toContain('evidence:record');
    expect(can('operator').filter((permission) => !permission.endsWith(':read'))).toEqual(
      expect.not.arrayContaining(['order:issue', 'ruling:record', 'decision:record', 'determination:confirm']),
    );
  });
});
