import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, DayField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { fileOwners, getOwners, workOutOwners } from '../../relations/owners.contract.ts'
import { relationText } from './relation-text.ts'

/** The bank's own finding with method, day and path, beside the filing; a difference is a finding that is shown. */
export function OwnersPanel({ customerId }: { customerId: string }) {
  const t = useText(relationText)
  const toast = useToast()
  const [filing, setFiling] = useState(false)
  const source = useContract(getOwners, { params: { customerId } })
  const act = useAct(workOutOwners, { refresh: ['owners', 'customers.history'], onDone: () => toast(t('saved')) })
  const { data } = source
  const finding = data?.finding ?? null
  return (
    <Block
      title={t('owners')} loading={!data} error={source.error ?? act.error} onRetry={() => void source.refetch()}
      actions={
        <>
          <ActionButton size="small" may={data?.may['relation.record']} refusals={fileOwners.refusals} onClick={() => setFiling(true)}>{t('fileOwners')}</ActionButton>
          <ActionButton size="small" may={data?.may['relation.record']} refusals={workOutOwners.refusals} loading={act.isPending} onClick={() => act.mutate({ params: { customerId }, body: { id: newId() } })}>{t(finding ? 'workOutAgain' : 'workOut')}</ActionButton>
        </>
      }
    >
      {data && <p className="yq-quiet" style={{ marginTop: 0 }}>{t(`duty_${data.duty}`)}</p>}
      {data?.outdated && <Note tone="warning">{t('outdated')}</Note>}
      {finding === null ? <EmptyState title={t('noFinding')} hint={t('noFindingHint')} /> : (
        <div className="yq-stack">
          <div className="yq-row">
            <Tag>{t(finding.method === 'CONTROL' ? 'byControl' : finding.method)}</Tag>
            {finding.compared ? (finding.differences.length > 0 ? <Tag tone="warning" icon="■">{t('differs')}</Tag> : <Tag tone="success" icon="✓">{t('agrees')}</Tag>) : <span className="yq-quiet">{t('notCompared')}</span>}
            <span className="yq-quiet">{t('foundOnDay', { day: finding.foundOn })}{finding.foundBy === null ? '' : ` · ${finding.foundBy}`} · {t('ruleVersion', { v: finding.version })}{data !== undefined && data.earlier > 0 ? ` · ${t('earlier', { n: data.earlier })}` : ''}</span>
          </div>
          {finding.owners.length > 0 && (
            <PlainTable
              label={t('owners')} columns={[{ key: 'name', title: t('ownerName') }, { key: 'share', title: t('share'), right: true }, { key: 'path', title: t('path') }]}
              rows={finding.owners.map((owner, place) => ({
                key: String(place),
                cells: [owner.name, owner.sharePct === null ? '--' : `${owner.sharePct}%`, owner.paths.length === 0 ? '--' : <span>{owner.paths.slice(0, 5).map((path, at) => <span key={at} style={{ display: 'block', whiteSpace: 'normal', wordBreak: 'break-all', minWidth: 160 }}>{path.names.join(' → ')}（{path.sharePct}%）</span>)}</span>],
              }))}
            />
          )}
          {finding.differences.map((one, place) => (
            <Note key={place} tone="warning">{one.what === 'SHARE' ? t('shareDiffers', { name: one.name, filed: one.filedPct ?? '--', found: one.foundPct ?? '--' }) : t(one.what, { name: one.name })}</Note>
          ))}
        </div>
      )}
      {data?.filing && <p className="yq-quiet yq-small">{t('filing')} {data.filing.filedOn}：{data.filing.owners.map((one) => (one.sharePct === null ? one.name : `${one.name} ${one.sharePct}%`)).join('、')}（{data.filing.evidence}）</p>}
      {filing && <FileOwners customerId={customerId} onClose={() => setFiling(false)} />}
    </Block>
  )
}

const line = /^(.{2,60}?)(?:[\s，,]+(\d{1,3}(?:\.\d{1,4})?)%?)?$/

function FileOwners({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const act = useAct(fileOwners, { refresh: ['owners'] })
  const linesOf = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one !== '')
  const form = useForm({
    initial: { owners: '', filedOn: null as string | null, evidence: '' },
    check: ({ owners, filedOn, evidence }) => ({ owners: linesOf(owners).length === 0 ? t('needed') : linesOf(owners).every((one) => line.test(one)) ? undefined : t('filedWrong'), filedOn: filedOn ? undefined : t('needed'), evidence: evidence.trim().length < 2 ? t('needed') : undefined }),
    send: ({ owners, filedOn, evidence }) => act.mutateAsync({
      params: { customerId }, body: { id, filedOn: filedOn ?? today, evidence, owners: linesOf(owners).map((one) => { const found = line.exec(one); return { name: found?.[1]?.trim() ?? one, sharePct: found?.[2] ?? null } }) },
    }),
  })
  return (
    <FormDrawer title={t('fileOwners')} open onClose={onClose} form={form} submit={t('fileOwners')} onDone={() => toast(t('saved'))}>
      <AreaField form={form} name="owners" label={t('filedLines')} required hint={t('filedHint')} max={1000} />
      <DayField form={form} name="filedOn" label={t('filedOn')} required to={today} />
      <TextField form={form} name="evidence" label={t('evidence')} required max={200} />
    </FormDrawer>
  )
}
