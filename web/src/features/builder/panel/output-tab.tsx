import { useMemo, useState } from 'react';
import type { Step } from '../../../api/types.js';
import { Button } from '../../../ui/button.js';
import { tryParse } from '../../../ui/exact-json.js';
import { nodesOf, type DataNode } from '../insert/data-tree.js';
import { outputOf } from '../insert/data-groups.js';
import { useTesting } from '../test/testing-store.js';
import { TextArea } from '../../../ui/controls.js';
import http from './http-form.module.css';
import classes from './output-tab.module.css';

/** What later steps can use of this one: from its last test, or from an answer pasted in its place. */
export function OutputTab({ step, onTest }: { step: Step; onTest: () => void }) {
  const results = useTesting((state) => state.results);
  const examples = useTesting((state) => state.examples);
  const setExample = useTesting((state) => state.setExample);
  const example = examples[step.key];
  const [pasting, setPasting] = useState(false);
  const output = useMemo(() => outputOf(step.key, results, examples), [step.key, results, examples]);
  const nodes = output ? nodesOf(output.body, ['steps', step.key, 'body']) : [];
  const isPasted = example !== undefined;
  return (
    <div className={http.form}>
      <p className={http.soft}>
        {isPasted
          ? 'From the example that was pasted here. Nothing is called for it.'
          : output
            ? 'From the last test. Later steps insert these as data.'
            : 'Nothing is known of the answer yet.'}
      </p>
      {output && (
        <div className={classes.tree}>
          <FieldList nodes={nodes} />
          {nodes.length === 0 && (
            <p className={http.soft}>The body is {JSON.stringify(output.body)?.slice(0, 200) ?? 'empty'}.</p>
          )}
        </div>
      )}
      <div className={classes.actions}>
        {!output && (
          <Button look="primary" onClick={onTest}>
            Test step
          </Button>
        )}
        {!pasting && (
          <Button onClick={() => setPasting(true)}>
            {isPasted ? 'Change the example' : 'Use a pasted example instead'}
          </Button>
        )}
        {isPasted && <Button onClick={() => setExample(step.key, null)}>Use the last test again</Button>}
      </div>
      {pasting && (
        <ExampleEditor
          start={example ?? ''}
          onUse={(text) => {
            setExample(step.key, text);
            setPasting(false);
          }}
          onCancel={() => setPasting(false)}
        />
      )}
    </div>
  );
}

function ExampleEditor({
  start,
  onUse,
  onCancel,
}: {
  start: string;
  onUse: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(start);
  const isBad = text.trim() !== '' && tryParse(text) === undefined;
  return (
    <div>
      <TextArea
        label="Body of an answer, as JSON"
        rows={8}
        mono
        spellCheck={false}
        maxLength={200_000}
        value={text}
        problem={isBad ? 'This is not valid JSON.' : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          look="primary"
          disabled={isBad || text.trim() === ''}
          onClick={() => !isBad && text.trim() !== '' && onUse(text)}
        >
          Use this example
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  );
}

function FieldList({ nodes }: { nodes: DataNode[] }) {
  return (
    <ul className={classes.list}>
      {nodes.map((node) => (
        <Field key={node.id} node={node} />
      ))}
    </ul>
  );
}

function Field({ node }: { node: DataNode }) {
  const children = node.children();
  const line = (
    <>
      <span>{node.label}</span>
      <code>{node.source.replace(/^steps\.[^.]+\./, '')}</code>
      <span className={`${classes.shown} foreign`}>{node.shown}</span>
    </>
  );
  if (children.length === 0) return <li className={classes.line}>{line}</li>;
  return (
    <li>
      <details>
        <summary className={classes.line}>{line}</summary>
        <FieldList nodes={children} />
      </details>
    </li>
  );
}
