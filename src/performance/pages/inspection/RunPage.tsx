import { useState } from 'react'
import { useParams } from 'react-router'
import { decimalText } from '../../../ui/amount-format.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { Deadline } from '../../../ui/Deadline.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { ProcessSteps, type ProcessStep } from '../../../ui/ProcessSteps.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { answerObjection, confirmRun, drawRun, enterFinding, getRun, giveFindings, runStates, withdrawRun, type DrawnObject, type RunShown } from '../../inspection/run.contract.ts'
import { AnswerForm, FindingForm, WithdrawForm } from './RunForms.tsx'
import { inspectionText } from './inspection-text.ts'
import { FindingFacts, RunStateTag, useObjectName } from './parts.tsx'

const shownSteps = runStates.filter((state) => state !== 'WITHDRAWN')
/** The steps of a run with their days; a run without an objection goes past that step. */
function stepsOf(run: RunShown, t: ReturnType<typeof useText<typeof inspectionText>>): ProcessStep[] {
  const at = shownSteps.findIndex((state) => state === run.state)
  const objected = run.objects.some((one) => one.objection !== null)
  return shownSteps.filter((state) => state !== 'OBJECTION' || objected).map((state): ProcessStep => {
    const place = shownSteps.findIndex((one) => one === state)
    const note = state === 'PLANNED' ? run.plannedOn : state === 'SAMPLED' ? run.draw?.on : state === 'FINDINGS_GIVEN' ? run.givenOn : state === 'CONFIRMED' ? run.confirmedOn : state === 'SETTLED' ? run.settledIn : undefined
    return { key: state, name: t(`step${state}`), state: run.state === 'WITHDRAWN' ? 'ended' : place < at || (state === 'SETTLED' && run.state === 'SETTLED') ? 'done' : place === at ? 'now' : 'future', ...(note == null ? {} : { note }) }
  })
}

/** One inspection: its steps and clock, the draw that can be repeated, each object with its finding, objection and answer. */
export default function RunPage() {
  const t = useText(inspectionText)
  const pick = usePick()
  const nameOf = useObjectName()
  const toast = useToast()
  const confirm = useConfirm()
  const { runId = '' } = useParams()
  const { data, error, refetch } = useContract(getRun, { params: { runId } })
  const [open, setOpen] = useState<{ what: 'find' | 'answer'; object: DrawnObject } | 'withdraw' | null>(null)
  const acts = { refresh: ['inspections'], onDone: () => toast(t('done')) }
  const [draw, give, decide] = [useAct(drawRun, acts), useAct(giveFindings, acts), useAct(confirmRun, acts)]
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('run')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('run')} /><Skeleton /></Page>
  const { run } = data
  const mine = run.may['draw']?.reason !== 'not-the-inspector'
  const ask = (title: string, body: string, act: () => void) => void confirm({ title, effect: body, verb: title }).then((yes) => yes && act())
  const refused = [draw, give, decide].find((one) => one.error)
  const until = run.objectionUntil ?? ''
  return (
    <Page>
      <PageHeader
        title={`${run.number} ${t(run.object)}`} crumbs={[{ title: t('runs'), to: '/inspections' }]} tags={<><RunStateTag state={run.state} />{run.waitsForMe && <Tag tone="warning">{t('waits')}</Tag>}</>} sub={`${run.month} · ${run.unitName} · ${t('inspector')} ${run.inspector}`} thumb
        actions={(
          <>
            {run.may['draw']?.allowed && <ActionButton type="primary" may={run.may['draw']} refusals={drawRun.refusals} onClick={() => ask(t('draw'), t('drawConfirm'), () => draw.mutate({ params: { runId } }))}>{t('draw')}</ActionButton>}
            {mine && run.draw !== null && run.givenOn === null && <ActionButton type="primary" may={run.may['give']} refusals={giveFindings.refusals} details={{ n: String(run.drawn - run.found) }} onClick={() => ask(t('give'), t('giveAsk'), () => give.mutate({ params: { runId } }))}>{t('give')}</ActionButton>}
            {run.givenOn !== null && run.confirmedOn === null && run.may['confirm']?.reason !== 'not-allowed' && <ActionButton type="primary" may={run.may['confirm']} refusals={confirmRun.refusals} details={{ until }} onClick={() => ask(t('confirm'), t('confirmAsk', { month: run.month }), () => decide.mutate({ params: { runId } }))}>{t('confirm')}</ActionButton>}
            {run.may['withdraw']?.allowed && <ActionButton may={run.may['withdraw']} refusals={withdrawRun.refusals} onClick={() => setOpen('withdraw')}>{t('withdraw')}</ActionButton>}
          </>
        )}
      />
      {refused?.error && <ErrorState error={refused.error} onRetry={() => refused.reset()} />}
      {run.withdrawn !== null && <Note tone="warning">{t('withdrawnBy', { by: run.withdrawn.by, day: run.withdrawn.on, why: run.withdrawn.why })}</Note>}
      <Block title={t('steps')}>
        <div className="yq-stack">
          <ProcessSteps steps={stepsOf(run, t)} label={t('steps')} />
          <Facts facts={[
            ...(run.objectionUntil === null ? [] : [{ label: t('until'), value: <Deadline date={run.objectionUntil} done={run.workingDaysLeft === null} {...(run.workingDaysLeft === null ? {} : { workingDays: run.workingDaysLeft })} /> }]),
            { label: t('points'), value: run.points === null ? null : decimalText(run.points, 2) }, { label: t('group'), value: run.groupName }, { label: t('plannedBy'), value: `${run.plannedBy} ${run.plannedOn}` },
            ...(run.confirmedBy === null ? [] : [{ label: t('confirmedBy'), value: `${run.confirmedBy} ${run.confirmedOn ?? ''}` }]), ...(run.settledIn === null ? [] : [{ label: t('SETTLED'), value: t('settledIn', { month: run.settledIn }) }]),
          ]} />
        </div>
      </Block>
      <Block title={t('sample')}>
        <div className="yq-stack">
          {run.draw === null ? <span className="yq-quiet">{t('noSample')}</span> : (
            <Facts facts={[
              { label: t('rule'), value: t('ruleText', { pct: Math.round(Number(run.draw.ratio) * 100), least: run.draw.least, above: pick({ zh: ` ${Number(run.draw.aboveFen) / 1_000_000} 万`, en: (Number(run.draw.aboveFen) / 100).toLocaleString('en') }) }) }, { label: t('seed'), value: run.draw.seed },
              { label: t('again'), value: <Tag tone={run.draw.repeats ? 'success' : 'error'}>{run.draw.repeats ? t('same') : t('differs')}</Tag> },
            ]} />
          )}
          <PlainTable label={t('people')} columns={[{ key: 'n', title: t('people') }, { key: 'p', title: t('population'), right: true }, { key: 'd', title: t('drawn'), right: true }]} rows={run.managers.map((one) => ({ key: one.staffNo, cells: [`${one.name} ${one.staffNo}`, run.draw === null ? '' : one.population, run.draw === null ? '' : one.drawn] }))} />
        </div>
      </Block>
      {run.objects.map((one) => (
        <Block
          key={one.id} title={`${one.name} ${nameOf(run.object, one.number)}`}
          actions={(
            <>
              {mine && one.may['find']?.allowed && <ActionButton size="small" type={one.finding === null ? 'primary' : 'default'} may={one.may['find']} refusals={enterFinding.refusals} aria-label={`${one.finding === null ? t('find') : t('findAnew')} ${nameOf(run.object, one.number)}`} onClick={() => setOpen({ what: 'find', object: one })}>{one.finding === null ? t('find') : t('findAnew')}</ActionButton>}
              {one.may['answer']?.allowed && <ActionButton size="small" type="primary" may={one.may['answer']} refusals={answerObjection.refusals} onClick={() => setOpen({ what: 'answer', object: one })}>{t('answer')}</ActionButton>}
            </>
          )}
        >
          {one.always && <p style={{ marginTop: 0 }}><Tag tone="info">{t('always')}</Tag></p>}
          <FindingFacts runId={runId} object={one} />
        </Block>
      ))}
      {open !== null && open !== 'withdraw' && open.what === 'find' && <FindingForm key={open.object.id} run={run} object={open.object} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'withdraw' && open.what === 'answer' && <AnswerForm run={run} object={open.object} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && <WithdrawForm runId={runId} onClose={() => setOpen(null)} />}
    </Page>
  )
}
