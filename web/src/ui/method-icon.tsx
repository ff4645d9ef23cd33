import {
  IconBolt,
  IconClock,
  IconHandClick,
  IconWebhook,
  IconWorld,
  IconWorldCog,
  IconWorldDown,
  IconWorldUp,
  IconWorldUpload,
} from './icons.js';
import classes from './method-icon.module.css';

type Icon = typeof IconWorld;

/** Tints are decoration: they tell methods apart at a glance and never say how something went. */
const LOOKS: Record<string, [Icon, string]> = {
  event: [IconBolt, 'accent'],
  webhook: [IconWebhook, 'accent'],
  schedule: [IconClock, 'accent'],
  manual: [IconHandClick, 'accent'],
  get: [IconWorldDown, 'info'],
  post: [IconWorldUp, 'green'],
  put: [IconWorldUpload, 'amber'],
  patch: [IconWorldUpload, 'amber'],
  delete: [IconWorldCog, 'red'],
  custom: [IconWorldCog, 'violet'],
};

interface MethodIconProps {
  /** What starts it, an action of the HTTP connector, or a method in any case. */
  method: string;
  large?: boolean;
  faded?: boolean;
}

export function MethodIcon({ method, large, faded }: MethodIconProps) {
  const [Icon, tint] = LOOKS[method.toLowerCase()] ?? [IconWorld, 'grey'];
  const tone = faded ? 'grey' : tint;
  return (
    <span className={`${classes.icon} ${classes[tone]}`} data-large={large || undefined} aria-hidden>
      <Icon size={large ? 18 : 15} stroke={1.7} />
    </span>
  );
}

/** A request's method as a small label. */
export function MethodTag({ method }: { method: string }) {
  const [, tint] = LOOKS[method.toLowerCase()] ?? [IconWorld, 'grey'];
  return <span className={`${classes.tag} ${classes[tint]}`}>{method}</span>;
}
