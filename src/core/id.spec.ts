import { formatId, newUuid, parseId, uuidFloor, uuidTimeMs } from './id.js';

describe('ids', () => {
  it('are UUIDv7: time first, version 7, variant 10', () => {
    const id = newUuid(1_700_000_000_000);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('tell the millisecond they were made in', () => {
    const now = Date.now() + 100_000;
    expect(uuidTimeMs(newUuid(now))).toBe(now);
  });

  it('made by one process are strictly increasing, however many in one millisecond', () => {
    const now = Date.now() + 200_000;
    const ids = Array.from({ length: 10_000 }, () => newUuid(now));
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('keep increasing when the clock goes back', () => {
    const later = newUuid(Date.now() + 300_000);
    expect(newUuid(Date.now()) > later).toBe(true);
  });

  it('have a floor that no id of the same millisecond lies under', () => {
    const now = Date.now() + 400_000;
    expect(newUuid(now) > uuidFloor(now)).toBe(true);
    expect(newUuid(now) < uuidFloor(now + 1)).toBe(true);
  });

  // From the TypeID specification's valid.json.
  it.each([
    ['00000000-0000-0000-0000-000000000000', 'run_00000000000000000000000000'],
    ['00000000-0000-0000-0000-000000000001', 'run_00000000000000000000000001'],
    ['00000000-0000-0000-0000-00000000000a', 'run_0000000000000000000000000a'],
    ['00000000-0000-0000-0000-000000000010', 'run_0000000000000000000000000g'],
    ['00000000-0000-0000-0000-000000000020', 'run_00000000000000000000000010'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', 'run_7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', 'run_01h455vb4pex5vsknk084sn02q'],
  ])('are shown as TypeIDs: %s is %s', (uuid, text) => {
    expect(formatId('run', uuid)).toBe(text);
    expect(parseId('run', text)).toBe(uuid);
  });

  it.each([
    'run_8zzzzzzzzzzzzzzzzzzzzzzzzz',
    'run_0000000000000000000000000i',
    'run_0000000000000000000000000l',
    'run_0000000000000000000000000U',
    'evt_00000000000000000000000000',
    'run_000000000000000000000000000',
    'run_',
    '',
    '00000000000000000000000000',
  ])('refuse what is no id: %s', (text) => {
    expect(parseId('run', text)).toBeNull();
  });
});
