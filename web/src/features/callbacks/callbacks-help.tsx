import classes from './callbacks.module.css';

export function CallbacksHelp() {
  return (
    <section className={classes.help} aria-label="Help">
      <h3>How callbacks work</h3>
      <ul>
        <li>
          Each URL gets one <code>GET</code> for each event, with <code>instanceID</code>, <code>processName</code> and{' '}
          <code>eventType</code> after its own query. What follows a <code>#</code> is not sent.
        </li>
        <li>One URL per line, 20 at most. A list with commas or semicolons is split when you paste it.</li>
        <li>
          Any answer of 2xx within 10 seconds is a success. Otherwise the call is made again, up to 12 times over about
          a day, unless you choose one try only.
        </li>
        <li>A slow URL never delays another one. Turning a switch off keeps its URLs.</li>
        <li>
          URLs of all processes are called as well as those of the process itself. The events are{' '}
          <code>process.instance.created</code>, <code>updated</code> and <code>deleted</code>.
        </li>
      </ul>
    </section>
  );
}
