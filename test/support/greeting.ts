/** A step that posts the `name` of its event, once. */
export const greet = (url: string) => ({
  key: 'greet',
  name: 'Greet the receiver',
  action: 'post',
  input: {
    url,
    headers: [{ key: 'X-Greeting', value: 'hello' }],
    body: [{ key: 'name', value: '{{ trigger.data.name }}' }],
  },
  retry: { attempts: 1 },
});
