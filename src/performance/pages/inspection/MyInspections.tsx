import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { useText } from '../../../ui/text.ts'
import { listMyFindings, makeObjection, type OwnFinding } from '../../inspection/run.contract.ts'
import { ObjectionForm } from './RunForms.tsx'
import { inspectionText } from './inspection-text.ts'
import { FindingFacts, useObjectName } from './parts.tsx'

/** Findings about one's own work, from the hand-over on; an objection within five working days. */
export default function MyInspections() {
  const t = useText(inspectionText)
  const nameOf = useObjectName()
  const { data, error, refetch } = useContract(listMyFindings, { query: {} })
  const [objecting, setObjecting] = useState<OwnFinding | null>(null)
  return (
    <Page>
      <PageHeader title={t('mine')} />
      {(!data || data.findings.length === 0) && <Block title={t('mine')} loading={!data && !error} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('mineNone')} hint={t('mineHint')} />}</Block>}
      {data?.findings.map((one) => (
        <Block
          key={one.id} title={`${one.month} ${nameOf(one.object, one.objectNumber)}`}
          actions={one.objection === null && one.workingDaysLeft !== null && one.may['object']?.reason !== 'best-already' && <ActionButton size="small" type="primary" may={one.may['object']} refusals={makeObjection.refusals} aria-label={`${t('makeObjection')} ${nameOf(one.object, one.objectNumber)}`} onClick={() => setObjecting(one)}>{t('makeObjection')}</ActionButton>}
        >
          <p className="yq-quiet" style={{ marginTop: 0 }}>
            {one.number} · {t('inspector')} {one.inspector} · {one.confirmed ? t('counts', { month: one.month }) : t('notYet')} · {one.workingDaysLeft === null ? t('over', { day: one.objectionUntil }) : t('openUntil', { day: one.objectionUntil, n: one.workingDaysLeft })}
          </p>
          <FindingFacts runId={one.runId} object={one} />
        </Block>
      ))}
      {objecting && <ObjectionForm key={objecting.id} finding={objecting} onClose={() => setObjecting(null)} />}
    </Page>
  )
}
