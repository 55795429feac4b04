import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, CheckField, DayField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { explainOwners, fileOwners, filingStates, getOwners, promiseFaults, workOutOwners } from '../../relations/owners.contract.ts'
import { relationText } from './relation-text.ts'

type Owners = z.output<typeof getOwners.reply>

/** The bank's own finding with method, day and path, beside the filing or the promise; a difference is a finding that stands until both agree or its reason is recorded. */
export function OwnersPanel({ customerId }: { customerId: string }) {
  const t = useText(relationText)
  const toast = useToast()
  const [form, setForm] = useState<'file' | 'explain' | null>(null)
  const source = useContract(getOwners, { params: { customerId } })
  const act = useAct(workOutOwners, { refresh: ['owners', 'customers'], onDone: () => toast(t('saved')) })
  const { data } = source
  const finding = data?.finding ?? null
  return (
    <Block
      title={t('owners')} loading={!data} error={source.error ?? act.error} onRetry={() => void source.refetch()}
      actions={
        <>
          <ActionButton size="small" may={data?.may['relation.record']} refusals={fileOwners.refusals} onClick={() => setForm('file')}>{t('fileOwners')}</ActionButton>
          <ActionButton size="small" may={data?.may['relation.record']} refusals={workOutOwners.refusals} loading={act.isPending} onClick={() => act.mutate({ params: { customerId }, body: { id: newId() } })}>{t(finding ? 'workOutAgain' : 'workOut')}</ActionButton>
        </>
      }
    >
      {data && <Duty owners={data} />}
      {data && <Compared owners={data} onExplain={() => setForm('explain')} />}
      {data?.outdated && <Note tone="warning">{t('outdated')}</Note>}
      {finding === null ? <EmptyState title={t('noFinding')} hint={t('noFindingHint')} /> : (
        <div className="yq-stack">
          <div className="yq-row">
            <Tag>{t(finding.method === 'CONTROL' ? 'byControl' : finding.method)}</Tag>
            <span className="yq-quiet">{t('foundOnDay', { day: finding.foundOn })}{finding.foundBy === null ? '' : ` · ${finding.foundBy}`} · {t('ruleVersion', { v: finding.version })}{data !== undefined && data.earlier > 0 ? ` · ${t('earlier', { n: data.earlier })}` : ''}</span>
          </div>
          {finding.owners.length > 0 && (
            <PlainTable
              label={t('owners')} columns={[{ key: 'name', title: t('ownerName') }, { key: 'share', title: t('share'), right: true }, { key: 'path', title: t('path') }]}
              rows={finding.owners.map((owner, place) => ({
                key: String(place),
                cells: [owner.name, owner.sharePct === null ? '--' : `${owner.sharePct}%`, owner.paths.length === 0 ? '--' : <span>{owner.paths.slice(0, 5).map((path, at) => <span key={at} style={{ display: 'block', whiteSpace: 'normal', wordBreak: 'break-all', minWidth: 160 }}>{path.names.join(' → ')}{mark('（')}{path.sharePct}%{mark('）')}</span>)}</span>],
              }))}
            />
          )}
        </div>
      )}
      {form === 'file' && <FileOwners customerId={customerId} onClose={() => setForm(null)} />}
      {form === 'explain' && data?.filing && <ExplainOwners customerId={customerId} filingId={data.filing.id} findingId={finding?.id ?? null} onClose={() => setForm(null)} />}
    </Block>
  )
}

/** What the law asks of the company, and of who must file why a promise will not do. */
function Duty({ owners: { duty, promiseFault } }: { owners: Owners }) {
  const t = useText(relationText)
  return <p className="yq-quiet" style={{ marginTop: 0 }}>{t(`duty_${duty}`)}{duty === 'FILE' && promiseFault !== null && <>{t('noPromise')}{t(promiseFault)}</>}</p>
}

/** The filing with its state and day, and how it compares with the finding. */
function Compared({ owners: { filing, comparison, may }, onExplain }: { owners: Owners; onExplain: () => void }) {
  const t = useText(relationText)
  const { state, differences, explanation } = comparison
  if (filing === null) return <p className="yq-quiet">{t('notCompared')}</p>
  return (
    <div className="yq-stack">
      <div className="yq-row">
        <Tag>{t(`filing_${filing.state}`)}</Tag>
        {state === 'DIFFERS' && <Tag tone="warning" icon="■">{t('differs')}</Tag>}
        {state === 'EXPLAINED' && <Tag>{t('explained')}</Tag>}
        {state === 'AGREES' && <Tag tone="success" icon="✓">{t(filing.state === 'PROMISED' ? 'mayStand' : 'agrees')}</Tag>}
        <span className="yq-quiet">{t(`filingOn_${filing.state}`, { day: filing.filedOn })} · {filing.evidence} · {filing.enteredBy}</span>
      </div>
      {filing.owners.length > 0 && <p className="yq-quiet yq-small">{t('filing')}{t('colon')}{filing.owners.map((one) => (one.sharePct === null ? one.name : `${one.name} ${one.sharePct}%`)).join(t('comma'))}</p>}
      {differences.map((one, place) => (
        <Note key={place} tone={state === 'EXPLAINED' ? 'info' : 'warning'}>
          {one.what === 'SHARE' ? t('shareDiffers', { name: one.name, filed: one.filedPct ?? '--', found: one.foundPct ?? '--' })
            : one.what === 'PROMISE' ? <>{t('PROMISE')}{one.name in promiseFaults && <>{t('colon')}{t(one.name as keyof typeof promiseFaults)}</>}</> : t(one.what, { name: one.name })}
        </Note>
      ))}
      {explanation && <p>{t('explanation')}{t('colon')}{explanation.reason}<span className="yq-quiet"> · {explanation.saidBy} · {explanation.saidOn}</span></p>}
      {state === 'DIFFERS' && <div><ActionButton size="small" may={may['relation.record']} refusals={explainOwners.refusals} onClick={onExplain}>{t('explain')}</ActionButton></div>}
    </div>
  )
}

const line = /^(.{2,60}?)(?:[\s，,]+(\d{1,3}(?:\.\d{1,4})?)%?)?$/

function FileOwners({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const act = useAct(fileOwners, { refresh: ['owners', 'customers'] })
  const linesOf = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one !== '')
  const form = useForm({
    initial: { state: 'FILED' as (typeof filingStates)[number], owners: '', filedOn: null as string | null, evidence: '', nobodyElse: false },
    check: ({ state, owners, filedOn, evidence }) => ({
      owners: state !== 'FILED' ? undefined : linesOf(owners).length === 0 ? t('needed') : linesOf(owners).every((one) => line.test(one)) ? undefined : t('filedWrong'),
      filedOn: filedOn ? undefined : t('needed'), evidence: evidence.trim().length < 2 ? t('needed') : undefined,
    }),
    send: ({ state, owners, filedOn, evidence, nobodyElse }) => act.mutateAsync({
      params: { customerId }, body: {
        id, state, filedOn: filedOn ?? today, evidence, nobodyElse: state === 'PROMISED' && nobodyElse,
        owners: state !== 'FILED' ? [] : linesOf(owners).map((one) => { const found = line.exec(one); return { name: found?.[1]?.trim() ?? one, sharePct: found?.[2] ?? null } }),
      },
    }),
  })
  const { state } = form.values
  return (
    <FormDrawer title={t('fileOwners')} open onClose={onClose} form={form} submit={t('fileOwners')} onDone={() => toast(t('saved'))}>
      <RadioField form={form} name="state" label={t('filingState')} required options={filingStates.map((value) => ({ value, label: t(`filing_${value}`) }))} hint={t('filingStateHint')} />
      {state === 'FILED' && <AreaField form={form} name="owners" label={t('filedLines')} required hint={t('filedHint')} max={1000} />}
      {state === 'PROMISED' && <CheckField form={form} name="nobodyElse" label={t('nobodyElse')} hint={t('nobodyElseHint')} />}
      <DayField form={form} name="filedOn" label={t(`day_${state}`)} required to={today} />
      <TextField form={form} name="evidence" label={t('evidence')} required hint={t('filingEvidenceHint')} max={200} />
    </FormDrawer>
  )
}

function ExplainOwners({ customerId, filingId, findingId, onClose }: { customerId: string; filingId: string; findingId: string | null; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const [id] = useState(newId)
  const act = useAct(explainOwners, { refresh: ['owners', 'customers'] })
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => ({ reason: reason.trim().length < 4 ? t('needed') : undefined }),
    send: ({ reason }) => act.mutateAsync({ params: { customerId }, body: { id, filingId, findingId, reason } }),
  })
  return (
    <FormDrawer title={t('explain')} open onClose={onClose} form={form} submit={t('explain')} onDone={() => toast(t('saved'))}>
      <AreaField form={form} name="reason" label={t('explainReason')} required hint={t('explainHint')} max={300} />
    </FormDrawer>
  )
}
