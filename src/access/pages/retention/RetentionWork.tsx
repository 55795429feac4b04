import { Link } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { listLegalHolds } from '../../retention/legal-hold.contract.ts'
import { listRetentionCases } from '../../retention/retention.contract.ts'
import { retentionText } from './retention-text.ts'

/** What waits for the word of one of the two sides, on the day of compliance and administration. Absent when nothing waits for the reader. */
export function RetentionWork() {
  const t = useText(retentionText)
  const cases = useContract(listRetentionCases, { query: { part: 'open', limit: 200 } })
  const holds = useContract(listLegalHolds, { query: { over: 'no', limit: 200 } })
  const lines = [
    ...(cases.data?.items ?? []).filter((one) => one.may.sign.allowed).map((one) => ({ key: one.id, what: t('OPEN'), title: t('waitsCase', { number: one.number }), to: '/retention' })),
    ...(holds.data?.items ?? []).filter((one) => one.may.decide.allowed || one.may.decideLift.allowed).map((one) => ({ key: one.id, what: t(one.state), title: t(one.may.decide.allowed ? 'waitsHold' : 'waitsLift', { number: one.number }), to: '/retention?tab=holds' })),
  ]
  const error = cases.error ?? holds.error
  if (lines.length === 0 && !error) return null
  return (
    <Block title={t('work', { n: lines.length })} error={error} onRetry={() => { void cases.refetch(); void holds.refetch() }} flush>
      <ul className="yq-day-list">
        {lines.slice(0, 20).map((line) => <li key={line.key} className="yq-day-line"><div className="yq-day-what"><span><Tag tone="warning">{line.what}</Tag> <Link className="yq-name" to={line.to}>{line.title}</Link></span></div></li>)}
      </ul>
    </Block>
  )
}
