import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { addDays, monthStart } from '../../../foundation/values/business-date.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { Timeline } from '../../../ui/Timeline.tsx'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { openHandOver } from '../../ownership/hand-over.contract.ts'
import { readOwnership, type OwnershipEvent } from '../../ownership/ownership.contract.ts'
import { returnToPool } from '../../ownership/pool.contract.ts'
import { useManagers } from './HandOvers.tsx'
import { ownershipText } from './ownership-text.ts'

/** Who looks after the customer and who did, how it came, and the acts of a head: hand over, return to the pool. */
export function OwnershipPanel({ customerId, name }: { customerId: string; name: string }) {
  const t = useText(ownershipText)
  const { data, error, refetch } = useContract(readOwnership, { params: { customerId } })
  const [form, setForm] = useState<'return' | 'hand-over' | null>(null)
  const main = data?.slices.find((slice) => slice.now && slice.main)
  return (
    <>
      <Block
        title={t('ownership')} loading={!data} error={error} onRetry={() => void refetch()} flush={(data?.slices.length ?? 0) > 0}
        actions={data && !data.inPool && data.may['pool.return']?.allowed && (
          <span className="yq-row">
            {main && data.may['hand-over.open']?.allowed && <Button size="small" onClick={() => setForm('hand-over')}>{t('handOver')}</Button>}
            <ActionButton size="small" may={data.may['pool.return']} refusals={returnToPool.refusals} onClick={() => setForm('return')}>{t('returnToPool')}</ActionButton>
          </span>
        )}
      >
        {data?.inPool && <Note tone="info">{t('noManager')}</Note>}
        {data?.standIns.map((one) => <Note key={`${one.absent} ${one.substitute}`} tone="info">{t('standsIn', { substitute: one.substitute, absent: one.absent, day: one.until })}</Note>)}
        {data?.handOver && <Note tone="info">{t('onList', { number: data.handOver.number, day: data.handOver.effectiveOn, receiver: data.handOver.receiver })}</Note>}
        {(data?.slices.length ?? 0) > 0 && (
          <PlainTable
            label={t('ownership')} columns={[{ key: 'person', title: t('person') }, { key: 'share', title: t('share'), right: true }, { key: 'from', title: t('from') }, { key: 'to', title: t('until') }, { key: 'base', title: t('base'), right: true }]}
            rows={(data?.slices ?? []).map((slice) => ({ key: slice.id, cells: [
              <span className={slice.now ? undefined : 'yq-quiet'}>{slice.person.name} <Tag tone={slice.now && slice.main ? 'primary' : 'plain'}>{t(slice.main ? 'main' : 'assist')}</Tag></span>,
              `${slice.sharePct}%`, <DateText date={slice.from} form="data" />, slice.to === null ? '--' : <DateText date={slice.to} form="data" />, <Amount fen={slice.baseAdbFen} />,
            ] }))}
          />
        )}
      </Block>
      {data && data.events.length > 0 && (
        <Block title={t('ownershipHistory')}>
          <Timeline label={t('ownershipHistory')} events={data.events.map((event) => ({ id: `${event.id} ${event.kind}`, when: <DateText date={event.day} form="data" />, content: <Event event={event} /> }))} />
        </Block>
      )}
      {form === 'return' && <Return customerId={customerId} name={name} onClose={() => setForm(null)} />}
      {form === 'hand-over' && main && <HandOverOne customerId={customerId} name={name} leaverKey={main.person.staffKey} onClose={() => setForm(null)} />}
    </>
  )
}

function Event({ event }: { event: OwnershipEvent }) {
  const t = useText(ownershipText)
  const key = event.kind === 'GRANTED' ? 'GRANTED_EVENT' : event.kind === 'REFUSED' ? 'REFUSED_EVENT' : event.kind
  const said = t(key, { person: event.person ?? '', other: event.other ?? '', share: event.sharePct ?? '', role: t(event.main ? 'main' : 'assist') })
  return <span>{event.address === null ? said : <Link to={event.address}>{said}</Link>}{event.reason === null ? null : <span className="yq-quiet"> {event.reason === ownershipText.byDelivery.zh ? t('byDelivery') : event.reason}</span>}</span>
}

function Return({ customerId, name, onClose }: { customerId: string; name: string; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const { today } = useBank()
  const send = useAct(returnToPool, { refresh: ['customers', 'customer', 'pool', 'contact'], onDone: () => toast(t('returned')) })
  const form = useForm({
    initial: { from: today as string | null, reason: '' }, check: (value) => ({ from: value.from ? undefined : t('needed'), reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: ({ from, reason }) => send.mutateAsync({ params: { customerId }, body: { from: from ?? today, reason } }),
  })
  return (
    <FormDrawer title={t('returnTitle', { name })} open onClose={onClose} form={form} submit={t('returnToPool')}>
      <Note tone="warning">{t('returnHint')}</Note>
      <DayField form={form} name="from" label={t('from')} required from={monthStart(today)} to={today} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function HandOverOne({ customerId, name, leaverKey, onClose }: { customerId: string; name: string; leaverKey: number; onClose: () => void }) {
  const t = useText(ownershipText)
  const navigate = useNavigate()
  const { today } = useBank()
  const [id] = useState(newId)
  const managers = useManagers()
  const open = useAct(openHandOver, { refresh: ['hand-over', 'customers'], onDone: () => void navigate(`/hand-overs/${id}`) })
  const form = useForm({
    initial: { receiver: '', effectiveOn: addDays(today, 1) as string | null, reason: '' },
    check: (value) => ({ receiver: value.receiver ? undefined : t('needed'), effectiveOn: value.effectiveOn ? undefined : t('needed'), reason: value.reason.trim() ? undefined : t('needed') }),
    send: (value) => open.mutateAsync({ body: { id, leaverKey, cause: 'OVERLOAD', effectiveOn: value.effectiveOn ?? today, receivers: [Number(value.receiver)], reason: value.reason, customers: [customerId] } }),
  })
  return (
    <FormDrawer title={t('handOverOne', { name })} open onClose={onClose} form={form} submit={t('open')}>
      <Note tone="info">{t('handOverOneHint')}</Note>
      <ChoiceField form={form} name="receiver" label={t('receiver')} required options={managers.filter((one) => one.value !== String(leaverKey))} placeholder={t('chooseManager')} />
      <DayField form={form} name="effectiveOn" label={t('effectiveOn')} required from={addDays(today, 1)} hint={t('effectiveHint')} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
