import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { Timeline } from '../../ui/Timeline.tsx'
import { usePhone } from '../../ui/settings.ts'
import { useForm } from '../../ui/useForm.ts'
import { correctContact, listCustomerContacts, recordContact, voidContact, type CustomerContact } from '../contact.contract.ts'
import { ContactForm } from './ContactForm.tsx'
import { Promises } from './Promises.tsx'
import { RestrictedText } from './RestrictedText.tsx'
import { visitsText } from './visits-text.ts'

/** How, whether it counts, whether it was late, whether it is void. */
export function ContactTags({ contact }: { contact: Pick<CustomerContact, 'mode' | 'effective' | 'late' | 'voidedOn' | 'replaces'> }) {
  const t = useText(visitsText)
  return (
    <>
      <Tag>{t(contact.mode)}</Tag>
      {contact.voidedOn !== null && <Tag tone="plain" icon="✕">{t('voided')}</Tag>}
      {contact.voidedOn === null && !contact.effective && <Tag tone="info" icon="●">{t('notCounted')}</Tag>}
      {contact.voidedOn === null && contact.late && <Tag tone="yellow" icon="■">{t('late')}</Tag>}
      {contact.replaces !== null && <Tag>{t('corrected')}</Tag>}
    </>
  )
}

/** The contacts of an opened customer, newest first, with what the reader may do. A part of the customer's page. */
export function ContactsPanel({ customerId, limit = 20 }: { customerId: string; limit?: number }) {
  const t = useText(visitsText)
  const phone = usePhone()
  const [withVoid, setWithVoid] = useState(false)
  const [cursor, setCursor] = useState<string | undefined>()
  const [correcting, setCorrecting] = useState<CustomerContact | null>(null)
  const [voiding, setVoiding] = useState<CustomerContact | null>(null)
  const [reading, setReading] = useState<string | null>(null)
  const source = useContract(listCustomerContacts, { params: { customerId }, query: { limit, withVoid: withVoid ? 'true' : 'false', ...(cursor === undefined ? {} : { cursor }) } }, { keepOld: true })
  const items = source.data?.items ?? []
  const mayRecord = source.data?.may['record']
  return (
    <Block
      title={t('contacts')} id="contacts" loading={!source.data} error={source.error} onRetry={() => void source.refetch()} updating={source.isFetching && source.data !== undefined}
      actions={
        <>
          <Button size="small" onClick={() => { setCursor(undefined); setWithVoid(!withVoid) }}>{t(withVoid ? 'hideVoid' : 'showVoid')}</Button>
          {mayRecord?.allowed && <Link to={`/customers/${customerId}/contacts/new`}><Button size="small" type="default" tabIndex={-1}>{t('recordContact')}</Button></Link>}
        </>
      }
    >
      {items.length === 0
        ? <EmptyState title={t('none')} hint={t('noneHint')} action={mayRecord && !mayRecord.allowed ? <ActionButton may={mayRecord} refusals={recordContact.refusals} visible onClick={() => undefined}>{t('recordContact')}</ActionButton> : undefined} />
        : (
          <Timeline label={t('contacts')} events={items.map((contact, index) => ({
            id: contact.id, when: <DateText date={contact.businessDate} />, ...(contact.inPerson && contact.voidedOn === null ? { tone: 'primary' as const } : {}),
            content: (
              <div className="yq-stack" style={{ gap: 4 }}>
                <div className="yq-row">
                  <ContactTags contact={contact} />
                  <Link to={`/customers/${customerId}/contacts/${contact.id}`}>{t(contact.purpose)}</Link>
                  <span className="yq-quiet yq-small">{contact.forName === null ? contact.staffName : t('standingIn', { name: contact.staffName, absent: contact.forName })}</span>
                </div>
                <div style={{ whiteSpace: 'pre-wrap', ...(contact.voidedOn === null ? {} : { textDecoration: 'line-through' }) }}>{contact.summary === '' ? <span className="yq-quiet">{t('restrictedSummary')}</span> : contact.summary}</div>
                {contact.contactPerson !== null && <div className="yq-quiet yq-small">{t('with', { people: [contact.contactPerson, ...contact.theirPeople, ...contact.ourPeople].join(mark('、')) })}</div>}
                {contact.riskSignals.length > 0 && contact.voidedOn === null && <div className="yq-row"><Tag tone="orange" icon="◆">{t('riskSignals')}{mark('：')}{contact.riskSignals.map((code) => t(code)).join(mark('、'))}</Tag></div>}
                {contact.promises.length > 0 && contact.voidedOn === null && <Promises customerId={customerId} promises={contact.promises} />}
                {contact.voidReason !== null && <div className="yq-quiet yq-small">{t('voidedWhy', { why: contact.voidReason })}</div>}
                {contact.nextAction !== null && contact.voidedOn === null && <div className="yq-small">{t('nextIs', { what: contact.nextAction })} <Deadline date={contact.nextOn} done={cursor !== undefined || items.slice(0, index).some((later) => later.effective && later.voidedOn === null)} /></div>}
                {contact.restricted.map((mark) => (
                  <div key={mark.id} className="yq-row yq-small">
                    <Tag icon="●">{t('restrictedBy', { name: mark.authorName, day: mark.writtenOn })}</Tag>
                    <Button size="small" onClick={() => setReading(mark.id)}>{t('read')}</Button>
                  </div>
                ))}
                {contact.voidedOn === null && (contact.may['correct']?.allowed ?? false) && (
                  <div className="yq-row yq-no-print">
                    <ActionButton size="small" type="text" may={contact.may['correct']} refusals={correctContact.refusals} onClick={() => setCorrecting(contact)}>{t('correct')}</ActionButton>
                    <ActionButton size="small" type="text" may={contact.may['void']} refusals={voidContact.refusals} onClick={() => setVoiding(contact)}>{t('voidIt')}</ActionButton>
                  </div>
                )}
              </div>
            ),
          }))} />
        )}
      {(source.data?.nextCursor || cursor !== undefined) && (
        <div className="yq-row yq-no-print">
          {cursor !== undefined && <Button onClick={() => setCursor(undefined)}>{t('newer')}</Button>}
          {source.data?.nextCursor && <Button onClick={() => setCursor(source.data?.nextCursor ?? undefined)}>{t('older')}</Button>}
        </div>
      )}
      {correcting && (
        <Drawer open title={t('correctContact')} onClose={() => setCorrecting(null)} size={phone ? '100%' : 560} destroyOnHidden>
          <ContactForm customerId={customerId} corrects={correcting} onDone={() => setCorrecting(null)} onCancel={() => setCorrecting(null)} />
        </Drawer>
      )}
      {voiding && <VoidDrawer contact={voiding} onClose={() => setVoiding(null)} />}
      {reading !== null && <RestrictedText textId={reading} onClose={() => setReading(null)} />}
    </Block>
  )
}

function VoidDrawer({ contact, onClose }: { contact: CustomerContact; onClose: () => void }) {
  const t = useText(visitsText)
  const toast = useToast()
  const act = useAct(voidContact, { refresh: ['contact', 'coverage', 'contact-plan', 'reports'] })
  const form = useForm({
    initial: { reason: '' }, check: (values) => ({ reason: values.reason.trim() === '' ? t('needReason') : undefined }),
    send: (values) => act.mutateAsync({ params: { customerId: contact.customerId, contactId: contact.id }, body: { reason: values.reason } }),
  })
  return (
    <FormDrawer title={t('voidTitle')} open onClose={onClose} form={form} submit={t('voidIt')} onDone={() => toast(t('doneVoid'))}>
      <Note tone="warning">{t('voidEffect')}</Note>
      <AreaField form={form} name="reason" label={t('voidReason')} required max={200} />
    </FormDrawer>
  )
}
