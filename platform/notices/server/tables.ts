import type { ColumnType, Generated } from 'kysely'
import type { Words } from '#runtime'

export interface NoticesTables {
  'notices.notice': {
    id: Generated<number>
    account: string
    at: Date
    title: ColumnType<Words, string, never>
    body: ColumnType<Words, string, never>
    link: string | null
    urgency: 'normal' | 'urgent'
    read_at: Date | null
  }
  'notices.delivery': {
    notice: number
    channel: 'mail' | 'sms'
    state: 'sent' | 'failed'
    tried_at: Date
    reason: string | null
  }
  'notices.setting': {
    account: string
    mail: string | null
    mail_on: boolean
    phone: Buffer | null
    sms_on: boolean
  }
}
