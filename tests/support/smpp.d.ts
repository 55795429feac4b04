declare module 'smpp' {
  export type Pdu = Record<string, unknown> & { command: string; sequence_number: number; response(fields?: Record<string, unknown>): Pdu }
  export type Session = {
    on(event: string, listener: (pdu: Pdu) => void): void
    send(pdu: Pdu): void
    deliver_sm(fields: Record<string, unknown>, answered?: (pdu: Pdu) => void): void
    enquire_link(answered?: (pdu: Pdu) => void): void
    unbind(answered?: (pdu: Pdu) => void): void
    close(): void
    destroy(): void
    socket: import('node:net').Socket
  }
  const smpp: {
    createServer(listener: (session: Session) => void): import('node:net').Server
    connect(options: Record<string, unknown>): Session
    ESME_ROK: number
    ESME_RTHROTTLED: number
    ESME_RINVDSTADR: number
    ESME_RBINDFAIL: number
  }
  export default smpp
}
