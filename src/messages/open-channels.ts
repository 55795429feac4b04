import type { Config } from '../foundation/config/config.ts'
import { cmppProtocol, readGateway, smppProtocol } from './gateway-protocols.ts'
import type { Channel } from './message.contract.ts'
import { sendMail } from './send-mail.ts'
import type { StaffChannel } from './notice.contract.ts'
import { sendSms } from './send-sms.ts'
import { WeComSender } from './send-wecom.ts'
import type { SendResult } from './message.rules.ts'
import { sendText, ShortMessageLink, usualLink, type OnReceipt, type OnWord } from './short-message-link.ts'

export type Outgoing = { id: string; address: string; text: string; subject: string | null; templateCode: string | null; time: string }
export type OpenChannel = {
  /** The peer takes one number once: a repeat is harmless. */
  takenOnce: boolean
  /** So many messages are under way at once. */
  atOnce?: number
  send(message: Outgoing): Promise<SendResult>
  /** Keeps the connection on which the peer tells what became of the messages and what customers answered. */
  start?(onReceipt: OnReceipt, onWord: OnWord): void
  close?(): Promise<void>
}

/** The channels that are configured. One that is not is absent: its messages wait in the outbox. Nothing is connected before something is sent or `start` is called. */
export function openChannels(config: Config): Partial<Record<Channel, OpenChannel>> {
  const { smsUrl, smsAccount, smsSecret, smsSign, smtpUrl, mailFrom } = config
  return {
    ...(smsUrl !== null && smsAccount !== null && smsSecret !== null && smsSign !== null
      ? { SMS: { takenOnce: true, atOnce: 4, send: ({ id, address, text, templateCode, time }) => sendSms({ url: smsUrl, account: smsAccount, secret: smsSecret, sign: smsSign }, { requestId: id, phone: address, text, templateCode: templateCode ?? '' }, time) } satisfies OpenChannel }
      : gatewayChannel(config)),
    ...(smtpUrl !== null && mailFrom !== null
      ? { EMAIL: { takenOnce: false, send: ({ id, address, text, subject }) => sendMail({ url: smtpUrl, from: mailFrom }, { messageId: id, to: address, subject: subject ?? '', text }) } satisfies OpenChannel }
      : {}),
  }
}

/** Short messages over SMPP or CMPP. Such a gateway takes no number once: what was handed over and not answered is uncertain. The signature stands before the text. */
function gatewayChannel({ smsGateway, smsSign }: Config): { SMS?: OpenChannel } {
  const gateway = smsGateway === null ? null : readGateway(smsGateway)
  if (gateway === null || smsSign === null) return {}
  const link = new ShortMessageLink(gateway.protocol === 'SMPP' ? smppProtocol(gateway) : cmppProtocol(gateway), { ...usualLink, host: gateway.host, port: gateway.port, tls: gateway.tls })
  return { SMS: { takenOnce: false, atOnce: usualLink.window, send: ({ address, text }) => sendText(link, address, `【${smsSign}】${text}`), start: (onReceipt, onWord) => link.start(onReceipt, onWord), close: () => link.close() } }
}

/** The settings without which a channel does not send. */
export const channelSettings: Record<Channel, string> = { SMS: 'YINQIAO_SMS_URL, YINQIAO_SMS_ACCOUNT, YINQIAO_SMS_SECRET, YINQIAO_SMS_SIGN / YINQIAO_SMS_GATEWAY, YINQIAO_SMS_SIGN', EMAIL: 'YINQIAO_SMTP_URL, YINQIAO_MAIL_FROM' }

export type ToStaff = { id: string; noticeId: string; to: string; title: string; text: string }
export type OpenStaffChannels = Partial<Record<StaffChannel, { takenOnce: boolean; send(message: ToStaff): Promise<SendResult> }>>

/** The channels to colleagues that are configured. A card of 企业微信 leads to a page: without the address of this server it cannot. */
export function openStaffChannels(config: Config): OpenStaffChannels {
  const { wecomUrl, wecomCorp, wecomAgent, wecomSecret, publicUrl, smtpUrl, mailFrom } = config
  const linkOf = (noticeId: string): string => `${publicUrl ?? ''}/notices?open=${noticeId}`
  const sender = wecomCorp !== null && wecomAgent !== null && wecomSecret !== null ? new WeComSender({ url: wecomUrl, corpId: wecomCorp, agentId: wecomAgent, secret: wecomSecret }) : null
  return {
    ...(sender !== null && publicUrl !== null ? { WECOM: { takenOnce: true, send: ({ to, title, text, noticeId }) => sender.send({ to, title, description: text, link: linkOf(noticeId), button: '查看' }) } } : {}),
    ...(smtpUrl !== null && mailFrom !== null
      ? { EMAIL: { takenOnce: false, send: ({ id, to, title, text, noticeId }) => sendMail({ url: smtpUrl, from: mailFrom }, { messageId: id, to, subject: `【银桥】${title}`, text: publicUrl === null ? text : `${text}\n\n${linkOf(noticeId)}` }) } }
      : {}),
  }
}

/** The settings without which a channel to colleagues does not send. */
export const staffChannelSettings: Record<StaffChannel, string> = { WECOM: 'YINQIAO_WECOM_CORP, YINQIAO_WECOM_AGENT, YINQIAO_WECOM_SECRET, YINQIAO_PUBLIC_URL', EMAIL: 'YINQIAO_SMTP_URL, YINQIAO_MAIL_FROM' }
