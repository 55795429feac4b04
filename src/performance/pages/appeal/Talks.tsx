import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../../ui/fields.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { listTalks, recordTalk, signTalk, type TalkShown } from '../../appeal/appeal.contract.ts'
import { appealText } from './appeal-text.ts'

/** Talks about results: strengths, gaps, measures; signed by the one whose result it is, or refused before a witness. */
export default function Talks() {
  const t = useText(appealText)
  const { data, error, refetch } = useContract(listTalks, {})
  const [open, setOpen] = useState<{ talk: TalkShown; signed: boolean } | 'record' | null>(null)
  return (
    <Page>
      <PageHeader title={t('talks')} actions={data?.mayRecord.allowed && <ActionButton type="primary" may={data.mayRecord} refusals={recordTalk.refusals} onClick={() => setOpen('record')}>{t('record')}</ActionButton>} />
      {(!data || data.talks.length === 0) && <Block title={t('talks')} loading={!data && !error} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('noTalks')} hint={t('noTalksHint')} />}</Block>}
      {data?.talks.map((talk) => (
        <Block key={talk.id} title={`${talk.month} ${talk.name}`} actions={<>{talk.may['sign']?.allowed && <ActionButton type="primary" size="small" may={talk.may['sign']} refusals={signTalk.refusals} onClick={() => setOpen({ talk, signed: true })}>{t('sign')}</ActionButton>}{talk.may['refused']?.allowed && <ActionButton size="small" may={talk.may['refused']} refusals={signTalk.refusals} onClick={() => setOpen({ talk, signed: false })}>{t('refused')}</ActionButton>}</>}>
          <Facts facts={[
            { label: t('heldOn'), value: <>{talk.heldOn} {talk.late && <Tag tone="error" icon="⬣">{t('late')}</Tag>}{talk.dueOn !== null && <span className="yq-quiet yq-small"> {t('due', { day: talk.dueOn })}</span>}</> }, { label: t('heldBy'), value: talk.heldBy }, { label: t('strengths'), value: talk.strengths }, { label: t('gaps'), value: talk.gaps }, { label: t('measures'), value: talk.measures },
            { label: t('sign'), value: talk.signature === null ? <Tag tone="warning">{t('notSigned')}</Tag> : talk.signature.signed ? t('signedOn', { day: talk.signature.on }) : t('refusedOn', { day: talk.signature.on, witness: talk.signature.witness ?? '' }) }, ...(talk.signature?.note == null ? [] : [{ label: t('note'), value: talk.signature.note }]),
          ]} />
        </Block>
      ))}
      {open === 'record' && data && <RecordForm months={data.months} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'record' && <SignForm talk={open.talk} signed={open.signed} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function RecordForm({ months, onClose }: { months: readonly string[]; onClose: () => void }) {
  const t = useText(appealText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const send = useAct(recordTalk, { refresh: ['result-talks'] })
  const form = useForm({
    initial: { staffNo: '', month: months[0] ?? (null as string | null), heldOn: today as string | null, strengths: '', gaps: '', measures: '' },
    check: (entry) => ({ ...(entry.staffNo.trim() === '' ? { staffNo: t('required') } : {}), ...(entry.month === null ? { month: t('required') } : {}), ...(entry.heldOn === null ? { heldOn: t('required') } : {}), ...Object.fromEntries((['strengths', 'gaps', 'measures'] as const).filter((name) => entry[name].trim().length < 4).map((name) => [name, t('required')])) }),
    send: (entry) => send.mutateAsync({ body: { id, staffNo: entry.staffNo.trim(), month: entry.month ?? '', heldOn: entry.heldOn ?? today, strengths: entry.strengths, gaps: entry.gaps, measures: entry.measures } }),
  })
  return (
    <FormDrawer title={t('record')} open onClose={onClose} form={form} submit={t('record')} onDone={() => toast(t('done'))}>
      <TextField form={form} name="staffNo" label={t('staffNo')} required max={20} />
      <ChoiceField form={form} name="month" label={t('month')} required options={months.map((value) => ({ value, label: value }))} />
      <DayField form={form} name="heldOn" label={t('heldOn')} required to={today} />
      <AreaField form={form} name="strengths" label={t('strengths')} required max={1000} />
      <AreaField form={form} name="gaps" label={t('gaps')} required max={1000} />
      <AreaField form={form} name="measures" label={t('measures')} required max={1000} />
    </FormDrawer>
  )
}
function SignForm({ talk, signed, onClose }: { talk: TalkShown; signed: boolean; onClose: () => void }) {
  const t = useText(appealText)
  const toast = useToast()
  const send = useAct(signTalk, { refresh: ['result-talks'] })
  const form = useForm({ initial: { witness: '', note: '' }, check: ({ witness }) => (!signed && witness.trim() === '' ? { witness: t('required') } : {}), send: (entry) => send.mutateAsync({ params: { talkId: talk.id }, body: { signed, witness: entry.witness.trim(), note: entry.note } }) })
  return (
    <FormDrawer title={signed ? t('sign') : t('refused')} open onClose={onClose} form={form} submit={signed ? t('sign') : t('refused')} onDone={() => toast(t('done'))}>
      {!signed && <TextField form={form} name="witness" label={t('witness')} required max={20} />}
      <AreaField form={form} name="note" label={t('note')} max={500} />
    </FormDrawer>
  )
}
