import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, DayField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { mark, useText } from '../../../ui/text.ts'
import { Timeline } from '../../../ui/Timeline.tsx'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { decideStrategic, endStrategic, getCustomerTier, proposeStrategic, type StrategicEntry } from '../../tiers/tier.contract.ts'
import { tierReason } from '../../tiers/tier-reason.rules.ts'
import { MoveActions, useMoveReason } from './MoveActions.tsx'
import { tierText } from './tier-text.ts'

/** Which tier an opened customer held, from when on, why and by which rule; what waits; its place on the strategic list. */
export function TierPanel({ customerId, name }: { customerId: string; name: string }) {
  const t = useText(tierText)
  const { data, error, refetch } = useContract(getCustomerTier, { params: { customerId } })
  const reasonOf = useMoveReason()
  const { language } = useSettings()
  const { money } = useBank()
  const waiting = data?.moves.find((move) => move.state === 'WAITING')
  const declined = data?.moves.filter((move) => move.state === 'DECLINED') ?? []
  return (
    <Block title={t('panel')} asOf={data?.asOf} loading={!data} error={data ? undefined : error} onRetry={() => void refetch()}>
      {waiting && (
        <Note tone="warning">
          <p><strong>{t('waitingMove', { from: t(waiting.from), to: t(waiting.to) })}</strong> · {reasonOf(waiting)}</p>
          <Facts facts={[{ label: t('judged'), value: waiting.month }, { label: t('adb'), value: <Amount fen={waiting.adbFen} /> }, { label: t('contribution'), value: waiting.contributionFen === null ? '--' : <Amount fen={waiting.contributionFen} /> }, { label: t('proposed'), value: <DateText date={waiting.proposedOn} /> }]} />
          <MoveActions customerId={customerId} name={name} move={waiting} />
        </Note>
      )}
      <Timeline
        label={t('held')}
        events={(data?.held ?? []).map((row) => {
          const move = data?.moves.find((one) => one.state === 'CONFIRMED' && one.effectiveOn === row.from)
          return {
            id: row.from, when: <DateText date={row.from} form="data" />, ...(row.to === null ? { tone: 'primary' as const } : {}),
            content: (
              <>
                <div className="yq-row">{row.tier === 'T1' ? <Tag tone="tier" icon="★">{t(row.tier)}</Tag> : <strong>{t(row.tier)}</strong>}<span className="yq-small yq-quiet">{row.to === null ? t('untilNow') : t('untilDay', { day: row.to })}{row.version === null ? '' : ` · ${t('versionOf', { n: row.version })}`}</span></div>
                {row.reason !== null && <div>{tierReason(row.reason, language === 'en', money.en)}</div>}
                {move?.decidedBy && <div className="yq-quiet">{t('CONFIRMED')}{mark('：')}{t('decidedBy', { name: move.decidedBy, day: move.decidedOn ?? '' })}{move.decisionNote === null ? '' : `${mark('，')}${move.decisionNote}`}</div>}
              </>
            ),
          }
        })}
      />
      {declined.map((move) => <p key={move.id} className="yq-small yq-quiet">{t('DECLINED')}{mark('：')}{t('matrixOf', { from: t(move.from), to: t(move.to) })} · {move.decidedBy} {move.decidedOn} · {move.decisionNote}</p>)}
      {data && <Strategic customerId={customerId} entries={data.strategic} may={data.mayPropose} today={data.asOf} />}
    </Block>
  )
}

type Verdict = { allowed: boolean; reason: string | null }

function Strategic({ customerId, entries, may, today }: { customerId: string; entries: readonly StrategicEntry[]; may: Verdict; today: string }) {
  const t = useText(tierText)
  const ask = useConfirm()
  const toast = useToast()
  const [form, setForm] = useState<'propose' | StrategicEntry | null>(null)
  const decide = useAct(decideStrategic, { refresh: ['customers'], onDone: () => toast(t('checked')) })
  const check = async (entry: StrategicEntry): Promise<void> => {
    if (await ask({ title: t('checkAsk'), effect: entry.endReason ?? entry.reason, verb: t('check') })) decide.mutate({ params: { customerId, entryId: entry.id }, body: { decision: 'CONFIRMED' } })
  }
  const open = entries.some((entry) => entry.to === null && entry.decision !== 'RETURNED')
  const stateOf = (entry: StrategicEntry): string => (entry.decision === null ? t('entryWaits') : entry.decision === 'RETURNED' ? t('entryReturned') : entry.to !== null ? t('ended') : entry.endOn !== null ? t('endWaits') : t('inForce'))
  return (
    <section aria-label={t('strategicList')}>
      <div className="yq-row" style={{ justifyContent: 'space-between', marginTop: 12 }}><h3>{t('strategicList')}</h3>{!open && may.allowed && <Button size="small" onClick={() => setForm('propose')}>{t('propose')}</Button>}</div>
      {decide.error && <ErrorState error={decide.error} onRetry={() => decide.reset()} />}
      {entries.length === 0 ? <p className="yq-quiet">{t('notListed')}</p> : (
        <ul className="yq-proposals">
          {entries.map((entry) => (
            <li key={entry.id}>
              <div className="yq-row"><Tag tone={stateOf(entry) === t('inForce') ? 'tier' : entry.decision === null ? 'warning' : 'plain'} icon={entry.decision === null ? '■' : '●'}>{stateOf(entry)}</Tag><span className="yq-num">{entry.to === null ? t('until2', { from: entry.from }) : t('fromTo2', { from: entry.from, to: entry.to })}</span></div>
              <div>{entry.reason}</div>
              <div className="yq-small yq-quiet">{[t('by', { name: entry.proposedBy }), entry.decidedBy === null ? null : t('checkedBy', { name: entry.decidedBy, day: entry.decidedOn ?? '' }), entry.endReason === null ? null : t('endReason', { reason: entry.endReason })].filter(Boolean).join(' · ')}</div>
              {(entry.decision === null || (entry.endOn !== null && entry.to === null)) && <ActionButton size="small" may={entry.may.decide} refusals={decideStrategic.refusals} onClick={() => void check(entry)}>{t('check')}</ActionButton>}
              {entry.may.end.allowed && <Button size="small" onClick={() => setForm(entry)}>{t('end')}</Button>}
            </li>
          ))}
        </ul>
      )}
      {form === 'propose' && <Propose customerId={customerId} today={today} onClose={() => setForm(null)} />}
      {form !== null && form !== 'propose' && <End customerId={customerId} entryId={form.id} onClose={() => setForm(null)} />}
    </section>
  )
}

function Propose({ customerId, today, onClose }: { customerId: string; today: string; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeStrategic, { refresh: ['customers'] })
  const form = useForm({ initial: { from: today, reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: (asked) => send.mutateAsync({ params: { customerId }, body: { id, ...asked } }) })
  return (
    <FormDrawer title={t('proposeTitle')} open onClose={onClose} form={form} submit={t('propose')} onDone={() => toast(t('sent'))}>
      <DayField form={form} name="from" label={t('day')} required from={today} />
      <AreaField form={form} name="reason" label={t('why')} required max={200} hint={t('whyHint')} />
    </FormDrawer>
  )
}

function End({ customerId, entryId, onClose }: { customerId: string; entryId: string; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const send = useAct(endStrategic, { refresh: ['customers'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: (asked) => send.mutateAsync({ params: { customerId, entryId }, body: asked }) })
  return (
    <FormDrawer title={t('endTitle')} open onClose={onClose} form={form} submit={t('end')} onDone={() => toast(t('sent'))}>
      <AreaField form={form} name="reason" label={t('why')} required max={200} />
    </FormDrawer>
  )
}
