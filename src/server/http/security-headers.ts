import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import { withHeaders } from './with-headers.ts';

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** On every answer. No referrer, so that no code in an address leaves with a click. */
export const securityHeaders = ({ https }: Pick<Config, 'https'>): MiddlewareHandler => {
  const headers = Object.entries({
    'content-security-policy': (https ? [...POLICY, 'upgrade-insecure-requests'] : POLICY).join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=(self), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  });
  return (c, next) => withHeaders(c, headers, next);
};
