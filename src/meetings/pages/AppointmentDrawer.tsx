import { Drawer } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { usePhone } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { cancelAppointment, finishAppointment, moveAppointment, type AppointmentView } from '../appointment.contract.ts'
import { CancelAppointment, MoveAppointment } from './AppointmentForm.tsx'
import { meetingsText } from './meetings-text.ts'

/** How it stands, in words; what passed and was not recorded speaks up. */
export function AppointmentTags({ appointment }: { appointment: AppointmentView }) {
  const t = useText(meetingsText)
  const { today } = useBank()
  const { state, day, clashes } = appointment
  return (
    <>
      {state === 'DONE' && <Tag icon="√">{t('DONE')}</Tag>}
      {state === 'CANCELLED' && <Tag>{t('CANCELLED')}</Tag>}
      {state === 'PLANNED' && day < today && <Tag tone="orange" icon="◆">{t('notRecorded')}</Tag>}
      {clashes && day >= today && <Tag tone="warning" icon="■">{t('clash')}</Tag>}
    </>
  )
}

/** What it is called: the customer's name, or what it is about. */
export const nameOf = (appointment: AppointmentView, hidden: string): string => appointment.customerName ?? (appointment.withCustomer ? hidden : (appointment.subject ?? hidden))

/** One appointment with what may be done with it: an appointment with a customer is closed by recording the contact. */
export function AppointmentDrawer({ appointment, onClose }: { appointment: AppointmentView; onClose: () => void }) {
  const t = useText(meetingsText)
  const phone = usePhone()
  const navigate = useNavigate()
  const [acting, setActing] = useState<'move' | 'cancel' | null>(null)
  const finish = useAct(finishAppointment, { refresh: ['appointments'], onDone: onClose })
  const { may, customerId } = appointment
  const planned = appointment.state === 'PLANNED'
  return (
    <Drawer title={nameOf(appointment, t('hiddenCustomer'))} open onClose={onClose} size={phone ? '100%' : 480} footer={!planned ? null : (
      <div className="yq-row">
        {customerId !== null ? <ActionButton type="primary" may={{ allowed: may['move']?.allowed === true, reason: may['move']?.reason ?? null }} refusals={moveAppointment.refusals} onClick={() => void navigate(`/customers/${customerId}/contacts/new`)}>{t('record')}</ActionButton>
          : !appointment.withCustomer && <ActionButton type="primary" may={may['finish']} refusals={finishAppointment.refusals} onClick={() => finish.mutate({ params: { appointmentId: appointment.id } })}>{t('finish')}</ActionButton>}
        <ActionButton may={may['move']} refusals={moveAppointment.refusals} onClick={() => setActing('move')}>{t('move')}</ActionButton>
        <ActionButton may={may['cancel']} refusals={cancelAppointment.refusals} onClick={() => setActing('cancel')}>{t('cancel')}</ActionButton>
      </div>
    )}>
      <div className="yq-stack">
        {finish.error && <ErrorState error={finish.error} onRetry={() => finish.reset()} />}
        <span className="yq-row"><AppointmentTags appointment={appointment} />{appointment.moves > 0 && <Tag>{t('movedTimes', { n: appointment.moves })}</Tag>}</span>
        <Facts facts={[
          { label: t('time'), value: <span className="yq-num"><DateText date={appointment.day} /> {appointment.from}–{appointment.to}</span> }, { label: t('kind'), value: t(appointment.kind) },
          ...(appointment.withCustomer ? [{ label: t('customer'), value: customerId === null ? t('hiddenCustomer') : <Link to={`/customers/${customerId}`}>{appointment.customerName}</Link> }] : []),
          { label: t('subject'), value: appointment.subject }, { label: t('place'), value: appointment.place }, { label: t('owner'), value: appointment.ownerName }, { label: t('people'), value: appointment.people.join(mark('、')) },
          ...(appointment.cancelReason === null ? [] : [{ label: t('reason'), value: appointment.cancelReason }]),
          ...(appointment.contactId === null || customerId === null ? [] : [{ label: t('contact'), value: <Link to={`/customers/${customerId}/contacts/${appointment.contactId}`}>{t('open')}</Link> }]),
        ]} />
      </div>
      {acting === 'move' && <MoveAppointment appointment={appointment} onClose={() => { setActing(null); onClose() }} />}
      {acting === 'cancel' && <CancelAppointment appointment={appointment} onClose={() => { setActing(null); onClose() }} />}
    </Drawer>
  )
}
