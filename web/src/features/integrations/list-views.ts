import type { IntegrationFilter } from '../../api/integrations.js';
import type { IntegrationCounts } from '../../api/types.js';

interface ListView {
  key: keyof IntegrationCounts;
  label: string;
  filter: IntegrationFilter;
}

/** The tabs of the list; a draft was never published, so it is neither on nor off. */
export const VIEWS: ListView[] = [
  { key: 'all', label: 'All', filter: {} },
  { key: 'on', label: 'On', filter: { state: 'on' } },
  { key: 'off', label: 'Off', filter: { state: 'off', published: 'true' } },
  { key: 'drafts', label: 'Drafts', filter: { published: 'false' } },
  { key: 'attention', label: 'Needs attention', filter: { attention: 'true' } },
  { key: 'archived', label: 'Archived', filter: { state: 'archived' } },
];
