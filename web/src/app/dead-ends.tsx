import { Link } from 'react-router';
import { Button } from '../ui/button.js';
import { IconAlertCircleFilled, IconQuestionMark } from '../ui/icons.js';
import { Notice } from '../ui/notice.js';

export function NoSuchPage() {
  return (
    <Notice heading="h1" icon={<IconQuestionMark size={20} />} title="There is no page here">
      <title>Not found · Hookline</title>
      The address may be mistyped. <Link to="/integrations">Go to your integrations</Link>
    </Notice>
  );
}

/** What is left when a screen throws: a fault of ours, never one of the reader's. */
export function Crashed() {
  return (
    <Notice
      alert
      heading="h1"
      icon={<IconAlertCircleFilled size={20} />}
      title="This page broke"
      actions={<Button onClick={() => location.reload()}>Load it again</Button>}
    >
      Nothing was lost: what you saved is on the server.
    </Notice>
  );
}
