import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { decideCheckList, enterCheckList, listCheckLists, type ListShown } from '../../inspection/run.contract.ts'
import { readListLines } from '../../inspection/run.rules.ts'
import { inspectionText } from './inspection-text.ts'

/** Post-loan checks of a manager and month, which the product has no ledger of: entered with evidence, confirmed by another. */
export default function CheckLists() {
  const t = useText(inspectionText)
  const toast = useToast()
  const { data, error, refetch } = useContract(listCheckLists, { query: {} })
  const [open, setOpen] = useState<'enter' | ListShown | null>(null)
  const decide = useAct(decideCheckList, { refresh: ['inspections'], onDone: () => toast(t('done')) })
  return (
    <Page>
      <PageHeader title={t('lists')} crumbs={[{ title: t('runs'), to: '/inspections' }]} actions={<Button type="primary" onClick={() => setOpen('enter')}>{t('enterList')}</Button>} />
      <Note>{t('listsNote')}</Note>
      {decide.error && <ErrorState error={decide.error} onRetry={() => decide.reset()} />}
      {(!data || data.lists.length === 0) && <Block title={t('lists')} loading={!data && !error} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('noLists')} />}</Block>}
      {data?.lists.map((one) => (
        <Block
          key={one.id} title={`${one.month} ${one.name} ${one.staffNo}`}
          actions={one.state === 'ENTERED' && (
            <>
              <ActionButton size="small" type="primary" may={one.may['decide']} refusals={decideCheckList.refusals} onClick={() => decide.mutate({ params: { listId: one.id }, body: { decision: 'CONFIRMED', reason: '' } })}>{t('confirm')}</ActionButton>
              <ActionButton size="small" may={one.may['decide']} refusals={decideCheckList.refusals} onClick={() => setOpen(one)}>{t('return')}</ActionButton>
            </>
          )}
        >
          <Facts facts={[
            { label: t('state'), value: <Tag tone={one.state === 'CONFIRMED' ? 'success' : one.state === 'RETURNED' ? 'warning' : 'info'}>{one.state === 'CONFIRMED' ? t('LISTCONFIRMED') : t(one.state)}</Tag> }, { label: t('count'), value: one.objects.length },
            { label: t('numbers'), value: one.objects.map((each) => (each.loanNo === null ? each.number : aside(each.number, each.loanNo))).join(mark('、')) }, { label: t('ground'), value: one.evidence }, { label: t('enteredBy'), value: `${one.enteredBy} ${one.enteredOn}` },
            ...(one.decidedBy === null ? [] : [{ label: t('decidedBy'), value: `${one.decidedBy} ${one.decidedOn ?? ''}` }]), ...(one.reason === null ? [] : [{ label: t('reason'), value: one.reason }]),
          ]} />
        </Block>
      ))}
      {open === 'enter' && <EnterForm onClose={() => setOpen(null)} />}
      {open !== null && open !== 'enter' && <ReturnForm key={open.id} list={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function EnterForm({ onClose }: { onClose: () => void }) {
  const t = useText(inspectionText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const send = useAct(enterCheckList, { refresh: ['inspections'] })
  const form = useForm({
    initial: { staffNo: '', month: today.slice(0, 7), objects: '', evidence: '' },
    check: (entry) => ({ ...(entry.staffNo.trim() === '' ? { staffNo: t('required') } : {}), ...((readListLines(entry.objects)?.length ?? 0) === 0 ? { objects: t('numbersWrong') } : {}), ...(entry.evidence.trim().length < 4 ? { evidence: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, staffNo: entry.staffNo.trim(), month: entry.month, objects: readListLines(entry.objects) ?? [], evidence: entry.evidence } }),
  })
  const read = readListLines(form.values.objects) ?? []
  return (
    <FormDrawer title={t('enterList')} open onClose={onClose} form={form} submit={t('enterList')} onDone={() => toast(t('done'))}>
      <TextField form={form} name="staffNo" label={t('staffNo')} required max={20} />
      <DayField form={form} name="month" label={t('month')} required month to={today} />
      <AreaField form={form} name="objects" label={t('numbers')} hint={read.length === 0 ? t('numbersHint') : t('numbersRead', { n: read.length, loans: read.filter(({ loanNo }) => loanNo !== null).length })} required max={20000} rows={8} />
      <AreaField form={form} name="evidence" label={t('ground')} required max={500} />
    </FormDrawer>
  )
}
function ReturnForm({ list, onClose }: { list: ListShown; onClose: () => void }) {
  const t = useText(inspectionText)
  const toast = useToast()
  const send = useAct(decideCheckList, { refresh: ['inspections'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim() === '' ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { listId: list.id }, body: { decision: 'RETURNED', reason } }) })
  return <FormDrawer title={t('return')} open onClose={onClose} form={form} submit={t('return')} onDone={() => toast(t('done'))}><AreaField form={form} name="reason" label={t('reason')} required max={200} /></FormDrawer>
}
