import { Tabs } from '../../ui/tabs.js';

/** What came in, and what was sent to a hook URL and did not come in. */
export function EventTabs({ current }: { current: 'events' | 'refused' }) {
  return (
    <Tabs
      label="Events"
      tabs={[
        { label: 'Received', to: '/events', current: current === 'events' },
        { label: 'Refused', to: '/events/refused', current: current === 'refused' },
      ]}
    />
  );
}
