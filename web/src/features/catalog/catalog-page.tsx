import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useEventTypes } from '../../api/catalog.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { EventType } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { IconPlus, IconQuestionMark } from '../../ui/icons.js';
import { ListError, NoMatch, SkeletonRows } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { SearchField } from '../../ui/search-field.js';
import { EventTypeDetails } from './event-type-details.js';
import { NewEventTypeDialog } from './new-event-type-dialog.js';
import classes from './catalog.module.css';

/** Every type of event: what it holds, an example, and who listens to it. */
export function CatalogPage() {
  const { name } = useParams();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const me = useSession().data;
  const canChange = me ? roleAllows(me.role, 'developer') : false;
  const query = useEventTypes();
  const q = params.get('q') ?? '';
  const search = q === '' ? '' : `?q=${encodeURIComponent(q)}`;
  const found = (query.data ?? []).filter((type) => matches(type, q));
  const chosen = query.data?.find((type) => type.name === name);
  const goTo = (type: string) => void navigate(`/catalog/${encodeURIComponent(type)}`);
  return (
    <Page
      title="Event catalog"
      purpose="Everything that can start an integration: its fields, an example, and who uses it."
      aside={
        canChange && (
          <Button look="primary" icon={<IconPlus size={15} stroke={1.9} />} onClick={() => void navigate('?new')}>
            Add custom event
          </Button>
        )
      }
    >
      {query.isPending && <SkeletonRows label="Loading the event types" columns={2} />}
      {query.isError && (
        <ListError what="The event types" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && (
        <div className={classes.split} data-chosen={name ? true : undefined}>
          <div className={classes.side}>
            <SearchField
              label="Find an event"
              value={q}
              onSearch={(text) => setParams(text === '' ? {} : { q: text }, { replace: true })}
            />
            {found.length === 0 && <NoMatch onClear={() => setParams({}, { replace: true })} />}
            <nav aria-label="Event types" className={classes.tree}>
              {groupsOf(found).map(([connector, types]) => (
                <section key={connector}>
                  <h2>{connector}</h2>
                  <ul>
                    {types.map((type) => (
                      <li key={type.name}>
                        <Link
                          to={`/catalog/${encodeURIComponent(type.name)}${search}`}
                          preventScrollReset
                          aria-current={type.name === name ? 'page' : undefined}
                        >
                          <span className="foreign">{type.title}</span>
                          <code className="foreign">{type.name}</code>
                        </Link>
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </nav>
          </div>
          <div className={classes.details}>
            {name && (
              <p className={classes.back}>
                <Link to={`/catalog${search}`}>All events</Link>
              </p>
            )}
            {chosen && <EventTypeDetails key={chosen.name} type={chosen} canChange={canChange} />}
            {!chosen && (
              <Notice
                icon={<IconQuestionMark size={20} stroke={1.7} />}
                title={name ? 'There is no such event type' : 'Choose an event'}
              >
                {name ? 'It may have been deleted.' : 'Its fields, an example and its users are shown here.'}
              </Notice>
            )}
          </div>
        </div>
      )}
      {params.has('new') && canChange && <NewEventTypeDialog onClose={() => void navigate('/catalog')} onMade={goTo} />}
    </Page>
  );
}

function matches({ name, title, connector, treeGroup, treeName }: EventType, q: string): boolean {
  const all = [name, title, connector, treeGroup, treeName].join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** In the order of the catalogue. */
function groupsOf(types: EventType[]): [string, EventType[]][] {
  const groups = new Map<string, EventType[]>();
  for (const type of types) groups.set(type.connector, [...(groups.get(type.connector) ?? []), type]);
  return [...groups].map(([connector, members]) => [connector[0].toUpperCase() + connector.slice(1), members]);
}
