export type Language = 'Node' | 'Python' | 'PHP';

/** With the libraries of standardwebhooks.com; the raw body, never parsed and written again. */
export const VERIFY: Record<Language, string> = {
  Node: `import express from 'express';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…
express()
  .post('/webhooks', express.raw({ type: '*/*' }), (request, response) => {
    const event = webhook.verify(request.body, request.headers); // throws if it is not from us
    console.log(event.eventType, event.data);
    response.sendStatus(204);
  })
  .listen(8080);`,
  Python: `from flask import Flask, request
from standardwebhooks import Webhook

webhook = Webhook(WEBHOOK_SECRET)  # whsec_...
app = Flask(__name__)

@app.post("/webhooks")
def received():
    event = webhook.verify(request.get_data(), dict(request.headers))  # raises if it is not from us
    print(event["eventType"], event["data"])
    return "", 204`,
  PHP: `<?php
$webhook = new \\StandardWebhooks\\Webhook(getenv('WEBHOOK_SECRET')); // whsec_…
$headers = array_change_key_case(getallheaders());
$event = $webhook->verify(file_get_contents('php://input'), $headers); // throws if it is not from us
error_log($event['eventType']);
http_response_code(204);`,
};
