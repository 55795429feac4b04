import { Button } from 'antd'
import { useState } from 'react'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText, Moment } from '../../ui/DateText.tsx'
import { AreaField, DayField, FindField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { aside, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { giveGrant, listGrants, longestGrant, withdrawGrant } from '../grant.contract.ts'
import { grantText } from './grant-text.ts'

type FindPeople = (text: string) => Promise<readonly { value: string; label: string }[]>

/** Who may read this customer besides those who look after it: person, reason, last day. A lead gives and withdraws here. */
export function GrantsPanel({ customerId, findPeople }: { customerId: string; findPeople: FindPeople }) {
  const t = useText(grantText)
  const { data, error, refetch } = useContract(listGrants, { params: { customerId } })
  const [giving, setGiving] = useState(false)
  const [ending, setEnding] = useState<string | null>(null)
  const mayGive = data?.may['grant.give']?.allowed === true
  const mayEnd = data?.may['grant.withdraw']?.allowed === true
  // an empty section is absent unless the reader may fill it
  if (data && data.items.length === 0 && !mayGive) return null
  return (
    <Block title={t('title')} loading={!data} error={data ? undefined : error} onRetry={() => void refetch()} flush={(data?.items.length ?? 0) > 0} actions={mayGive && <Button size="small" onClick={() => setGiving(true)}>{t('give')}</Button>}>
      {data && (data.items.length === 0 ? <span className="yq-quiet">{t('none')}</span> : (
        <PlainTable
          label={t('title')} columns={[{ key: 'person', title: t('person') }, { key: 'reason', title: t('reason') }, { key: 'until', title: t('until') }, { key: 'by', title: t('givenBy') }, { key: 'state', title: t('state') }, ...(mayEnd ? [{ key: 'end', title: '' }] : [])]}
          rows={data.items.map((grant) => ({
            key: grant.id,
            cells: [
              aside(grant.name, grant.staffNo), grant.reason, <DateText date={grant.until} form="data" />, <>{grant.givenBy} <span className="yq-quiet"><Moment at={grant.givenAt} /></span></>,
              grant.inForce ? <Tag tone="info">{t('inForce')}</Tag> : <span className="yq-quiet">{t(grant.withdrawnOn === null ? 'expired' : 'withdrawn')}</span>,
              ...(mayEnd ? [grant.inForce ? <Button size="small" onClick={() => setEnding(grant.id)}>{t('withdraw')}</Button> : ''] : []),
            ],
          }))}
        />
      ))}
      {giving && <GiveGrant customerId={customerId} onClose={() => setGiving(false)} findPeople={findPeople} />}
      {ending !== null && <WithdrawGrant customerId={customerId} grantId={ending} onClose={() => setEnding(null)} />}
    </Block>
  )
}

function GiveGrant({ customerId, onClose, findPeople }: { customerId: string; onClose: () => void; findPeople: FindPeople }) {
  const t = useText(grantText)
  const toast = useToast()
  const { today } = useBank()
  const give = useAct(giveGrant, { refresh: ['customers', 'customer'], onDone: () => toast(t('given')) })
  const form = useForm({
    initial: { id: newId(), person: '', reason: '', until: addDays(today, 7) as string | null },
    check: ({ person, reason, until }) => ({ person: person ? undefined : t('needed'), reason: reason.trim().length < 2 ? t('needed') : undefined, until: until ? undefined : t('needed') }),
    send: ({ id, person, reason, until }) => give.mutateAsync({ params: { customerId }, body: { id, staffKey: Number(person), reason, until: until ?? today } }),
  })
  return (
    <FormDrawer title={t('giveTitle')} open onClose={onClose} form={form} submit={t('give')}>
      <FindField form={form} name="person" label={t('person')} required find={findPeople} placeholder={t('findPerson')} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('reasonHint')} />
      <DayField form={form} name="until" label={t('until')} required from={today} to={addDays(today, longestGrant - 1)} hint={t('untilHint')} />
    </FormDrawer>
  )
}

function WithdrawGrant({ customerId, grantId, onClose }: { customerId: string; grantId: string; onClose: () => void }) {
  const t = useText(grantText)
  const toast = useToast()
  const withdraw = useAct(withdrawGrant, { refresh: ['customers', 'customer'], onDone: () => toast(t('withdrawn')) })
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => ({ reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ reason }) => withdraw.mutateAsync({ params: { customerId, grantId }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('withdrawTitle')} open onClose={onClose} form={form} submit={t('withdraw')}>
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
