import { service, type Words, type Work } from '#runtime'

export interface Notice {
  readonly to: { readonly account: string } | { readonly post: string }
  readonly title: Words
  readonly body: Words
  /** Path in the portal. */
  readonly link?: string
  /** `urgent` also goes by SMS where a gateway is set. */
  readonly urgency: 'normal' | 'urgent'
}

export interface Notices {
  /** Puts it into the portal and sends it by mail and SMS as set, once the transaction is confirmed. */
  send(work: Work, notice: Notice): Promise<void>
}
export const notices = service<Notices>('notices')

/** A way to send; SMS gateways differ by city, so theirs is a port. */
export interface Channel {
  readonly id: 'mail' | 'sms'
  send(to: string, subject: string, text: string): Promise<void>
}
