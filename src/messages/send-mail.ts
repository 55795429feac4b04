import { createTransport } from 'nodemailer'
import type { SendResult } from './message.rules.ts'

export type MailSettings = { url: string; from: string }
export type Mail = { messageId: string; to: string; subject: string; text: string }

/**
 * Hands one e-mail to the mail server. SMTP knows no number that is taken once: what broke after the content was begun is told as PEER_FAULT or TIMED_OUT, and a person decides. Never throws.
 */
export async function sendMail(settings: MailSettings, mail: Mail, timeoutMs = 10_000): Promise<SendResult> {
  const transport = createTransport({ url: settings.url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true })
  try {
    const id = `<${mail.messageId}@${settings.from.split('@')[1] ?? 'bank'}>`
    // an address object, never a text that could name more than one
    const sent = await transport.sendMail({ from: { name: '', address: settings.from }, to: { name: '', address: mail.to }, subject: mail.subject, text: mail.text, messageId: id })
    return { result: 'ACCEPTED', providerId: id, code: /^\d{3}/.exec(sent.response)?.[0] ?? '250' }
  } catch (error) {
    const { code = '', responseCode, command = '' } = error as { code?: string; responseCode?: number; command?: string }
    if (responseCode !== undefined) return responseCode >= 500 ? { result: 'REFUSED', code: String(responseCode) } : { result: 'THROTTLED', code: String(responseCode) }
    // nothing was handed over before DATA
    if (command !== 'DATA' && (code === 'ESOCKET' || code === 'EDNS' || code === 'ECONNECTION' || command === 'CONN')) return { result: 'UNREACHABLE', code: code || 'CONN' }
    return { result: code === 'ETIMEDOUT' ? 'TIMED_OUT' : 'PEER_FAULT', code: /^\w{1,40}$/.test(code) ? code : 'CONNECTION' }
  } finally {
    transport.close()
  }
}
