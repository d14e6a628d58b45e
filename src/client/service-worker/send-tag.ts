/** What the page asks the browser to wake the worker for, once there is a network. */
export const SEND_TAG = 'send-waiting';
