import { humanName, pillOf, type PillNames } from './pill.js';
import { parsePath } from './template.js';

const names: PillNames = {
  trigger: 'Task completed',
  steps: new Map([
    ['rates', { number: 2, name: 'Look up rates', isEarlier: true }],
    ['later', { number: 4, name: 'Later', isEarlier: false }],
  ]),
};
const pill = (path: string) => pillOf(parsePath(path)!, names);

describe('a pill', () => {
  it.each([
    ['trigger.data.vendor.taxId', '1', 'Vendor › Tax id'],
    ['trigger.data', '1', 'All data'],
    ['trigger.subject', '1', 'Subject'],
    ['trigger.id', '1', 'Event id'],
    ['trigger.data.items[0].name', '1', 'Items › First item › Name'],
    ['steps.rates.body.rate', '2', 'Rate'],
    ['steps.rates.body', '2', 'Body'],
    ['steps.rates.status', '2', 'Status code'],
    ['steps.rates.headers["x-id"]', '2', 'Header › x-id'],
    ['run.number', '', 'Run › Number'],
  ])('%s is shown as %s %s', (path, badge, label) => {
    expect(pill(path)).toMatchObject({ badge, label });
  });

  it('is read out with the step it comes from', () => {
    expect(pill('trigger.data.vendor.name').title).toBe('Field Vendor Name from step 1');
    expect(pill('steps.rates.body.rate').title).toBe('Field Rate from step 2, Look up rates');
  });

  it('is broken when its step is gone, or runs later', () => {
    expect(pill('steps.gone.body.rate')).toMatchObject({ tone: 'broken', label: 'Missing: step gone › Rate' });
    expect(pill('steps.later.body.rate')).toMatchObject({ tone: 'broken', label: 'Missing: step 4 › Rate' });
  });

  it.each([
    ['vendorName', 'Vendor name'],
    ['vendor_id', 'Vendor id'],
    ['instanceID', 'Instance ID'],
    ['größe', 'größe'],
    ['x-id', 'x-id'],
    [1, 'Item 2'],
  ])('%s is named %s', (step, name) => {
    expect(humanName(step)).toBe(name);
  });
});
