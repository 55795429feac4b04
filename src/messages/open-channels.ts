import type { Config } from '../foundation/config/config.ts'
import type { Channel } from './message.contract.ts'
import { sendMail } from './send-mail.ts'
import { sendSms } from './send-sms.ts'
import type { SendResult } from './message.rules.ts'

export type Outgoing = { id: string; address: string; text: string; subject: string | null; templateCode: string | null; time: string }
export type OpenChannel = { /** The peer takes one number once: a repeat is harmless. */ takenOnce: boolean; send(message: Outgoing): Promise<SendResult> }

/** The channels that are configured. One that is not is absent: its messages wait in the outbox. */
export function openChannels(config: Config): Partial<Record<Channel, OpenChannel>> {
  const { smsUrl, smsAccount, smsSecret, smsSign, smtpUrl, mailFrom } = config
  return {
    ...(smsUrl !== null && smsAccount !== null && smsSecret !== null && smsSign !== null
      ? { SMS: { takenOnce: true, send: ({ id, address, text, templateCode, time }) => sendSms({ url: smsUrl, account: smsAccount, secret: smsSecret, sign: smsSign }, { requestId: id, phone: address, text, templateCode: templateCode ?? '' }, time) } satisfies OpenChannel }
      : {}),
    ...(smtpUrl !== null && mailFrom !== null
      ? { EMAIL: { takenOnce: false, send: ({ id, address, text, subject }) => sendMail({ url: smtpUrl, from: mailFrom }, { messageId: id, to: address, subject: subject ?? '', text }) } satisfies OpenChannel }
      : {}),
  }
}

/** The settings without which a channel does not send. */
export const channelSettings: Record<Channel, string> = { SMS: 'YINQIAO_SMS_URL, YINQIAO_SMS_ACCOUNT, YINQIAO_SMS_SECRET, YINQIAO_SMS_SIGN', EMAIL: 'YINQIAO_SMTP_URL, YINQIAO_MAIL_FROM' }
