import { useState, type ReactNode } from 'react'
import type { Refusals } from '../foundation/http/contract.ts'
import { ActionButton } from './ActionButton.tsx'
import { Nothing } from './Amount.tsx'
import { Block } from './Block.tsx'
import { useConfirm, useToast } from './Confirm.tsx'
import { dateText } from './date-format.ts'
import { ErrorState } from './ErrorState.tsx'
import { AreaField } from './fields.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { useSettings } from './settings.ts'
import { Tag } from './Tag.tsx'
import { mark, useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'
import { useForm } from './useForm.ts'

/** What every change of a dated rule carries: one proposes, another checks. */
export type ProposedChange = {
  id: string
  from: string
  reason: string
  proposedBy: string
  proposedOn: string
  decision: 'CONFIRMED' | 'RETURNED' | null
  decidedBy: string | null
  decidedOn: string | null
  decisionNote: string | null
  may: { allowed: boolean; reason: string | null }
}
/** One point in which two versions differ; null: there was none. */
export type Difference = { name: string; from: ReactNode | null; to: ReactNode | null }

type Props<C extends ProposedChange> = {
  changes: readonly C[]
  /** "企业 · 全行": what is changed; the day is added. */
  titleOf: (change: C) => string
  /** Where the change differs from what holds before it. */
  differencesOf: (change: C) => readonly Difference[]
  /** What follows from it: whom it moves, how many it concerns. */
  effectOf?: (change: C) => ReactNode
  decide: (changeId: string, body: { decision: 'CONFIRMED' } | { decision: 'RETURNED'; note: string }) => Promise<unknown>
  /** Of the deciding endpoint, for the reason why somebody may not. */
  refusals: Refusals
}

/** Changes of dated rules that wait for a second person, each with before → after, its effect and its reason. Absent when none waits: normal is quiet. */
export function WaitingChanges<C extends ProposedChange>(props: Props<C>) {
  const t = useText(uiText)
  const waiting = props.changes.filter((one) => one.decision === null)
  if (waiting.length === 0) return null
  return (
    <Block title={t('changesWaiting', { n: waiting.length })}>
      <ul className="yq-proposals">{waiting.map((one) => <Waiting key={one.id} change={one} {...props} />)}</ul>
    </Block>
  )
}

/** What became of earlier changes, newest first. Absent when there is none. */
export function DecidedChanges<C extends ProposedChange>({ changes, titleOf, differencesOf }: Pick<Props<C>, 'changes' | 'titleOf' | 'differencesOf'>) {
  const t = useText(uiText)
  const { language } = useSettings()
  const { today } = useBank()
  const day = (one: string | null): string => (one === null ? '' : dateText(one, 'short', language, today))
  const decided = changes.filter((one) => one.decision !== null)
  if (decided.length === 0) return null
  return (
    <Block title={t('changesDecided')}>
      <ul className="yq-proposals">
        {decided.map((one) => (
          <li key={one.id}>
            <Head change={one} title={titleOf(one)} tag={<Tag tone={one.decision === 'CONFIRMED' ? 'success' : 'warning'} icon={one.decision === 'CONFIRMED' ? '√' : '■'}>{t(one.decision === 'CONFIRMED' ? 'changeConfirmed' : 'changeReturned')}</Tag>} />
            <Differences label={titleOf(one)} rows={differencesOf(one)} />
            <p className="yq-small yq-quiet">{t('changeBy', { name: one.proposedBy, day: day(one.proposedOn), reason: one.reason })}</p>
            <p className="yq-small yq-quiet">{t(one.decision === 'CONFIRMED' ? 'changeCheckedBy' : 'changeReturnedBy', { name: one.decidedBy ?? '', day: day(one.decidedOn) })}{one.decisionNote === null ? '' : `${mark('：')}${one.decisionNote}`}</p>
          </li>
        ))}
      </ul>
    </Block>
  )
}

function Head({ change, title, tag }: { change: ProposedChange; title: string; tag?: ReactNode }) {
  const t = useText(uiText)
  return <div className="yq-row"><h3>{title}</h3><span className="yq-quiet">{t('changeFrom', { day: change.from })}</span>{tag}</div>
}

function Waiting<C extends ProposedChange>({ change, titleOf, differencesOf, effectOf, decide, refusals }: Props<C> & { change: C }) {
  const t = useText(uiText)
  const { language } = useSettings()
  const { today } = useBank()
  const ask = useConfirm()
  const toast = useToast()
  const [returning, setReturning] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const title = titleOf(change)
  const effect = effectOf?.(change)
  const confirm = async (): Promise<void> => {
    if (!(await ask({ title: t('changeAsk', { what: title }), effect: <>{t('changeFrom', { day: change.from })}{effect === undefined ? null : <div>{effect}</div>}</>, verb: t('check') }))) return
    setFailed(null)
    await decide(change.id, { decision: 'CONFIRMED' }).then(() => toast(t('checked')), setFailed)
  }
  return (
    <li>
      <Head change={change} title={title} />
      <Differences label={title} rows={differencesOf(change)} />
      {effect !== undefined && <div>{effect}</div>}
      <p className="yq-quiet">{t('changeBy', { name: change.proposedBy, day: dateText(change.proposedOn, 'short', language, today), reason: change.reason })}</p>
      {failed !== null && <ErrorState error={failed} onRetry={() => setFailed(null)} />}
      <div className="yq-row">
        <ActionButton type="primary" may={change.may} refusals={refusals} visible onClick={() => void confirm()} aria-label={`${t('check')} ${title}`}>{t('check')}</ActionButton>
        {change.may.allowed && <ActionButton may={change.may} refusals={refusals} onClick={() => setReturning(true)} aria-label={`${t('giveBack')} ${title}`}>{t('giveBack')}</ActionButton>}
      </div>
      {returning && <GiveBack title={title} send={(note) => decide(change.id, { decision: 'RETURNED', note })} onClose={() => setReturning(false)} />}
    </li>
  )
}

/** Before → after, a row for each point that differs. */
export function Differences({ label, rows }: { label: string; rows: readonly Difference[] }) {
  const t = useText(uiText)
  if (rows.length === 0) return <p className="yq-quiet">{t('noDifference')}</p>
  return (
    <div className="yq-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="yq-plain-table yq-differences">
        <thead><tr><th scope="col">{t('changeItem')}</th><th scope="col">{t('changeBefore')}</th><th scope="col">{t('changeAfter')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}><th scope="row">{row.name}</th><td className="yq-num">{row.from ?? <Nothing />}</td><td className="yq-num"><strong>{row.to ?? <Nothing />}</strong></td></tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Returning needs a reason: what must be done otherwise. */
export function GiveBack({ title, send, onClose, least = 1 }: { title: string; send: (note: string) => Promise<unknown>; onClose: () => void; least?: number }) {
  const t = useText(uiText)
  const toast = useToast()
  const form = useForm({ initial: { note: '' }, check: ({ note }) => (note.trim().length < least ? { note: t('giveBackNeeded') } : {}), send: ({ note }) => send(note.trim()) })
  return (
    <FormDrawer title={t('giveBackTitle', { what: title })} open onClose={onClose} form={form} submit={t('giveBack')} onDone={() => toast(t('changeReturned'))}>
      <AreaField form={form} name="note" label={t('giveBackNote')} required max={200} />
    </FormDrawer>
  )
}
