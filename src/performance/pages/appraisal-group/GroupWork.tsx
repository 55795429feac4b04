import { Link } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { Deadline } from '../../../ui/Deadline.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { listAppeals } from '../../appeal/appeal.contract.ts'
import { listAppraisalGroups } from '../../appraisal-group/group.contract.ts'
import { groupText } from './group-text.ts'

/** What waits for a member, the chair or the secretary, for posts that have no agenda of a day: most members sit in offices. Absent when nothing waits. */
export function GroupWork() {
  const t = useText(groupText)
  const groups = useContract(listAppraisalGroups, {})
  const appeals = useContract(listAppeals, {})
  const motions = (groups.data?.groups ?? []).flatMap((group) => group.motions)
  const lines = [
    ...(appeals.data?.appeals ?? []).filter((one) => one.state === 'OPEN' && one.may['put']?.allowed).map((one) => ({ key: one.id, what: t('toPut'), title: `${one.number} ${one.name} ${one.month}`, to: `/appeals/${one.id}`, due: one.answerBy })),
    ...motions.filter((one) => one.waitsForMe || one.waitsForClosing).map((one) => ({ key: one.id, what: t(one.waitsForMe ? 'vote' : 'close'), title: one.title, to: `/appraisal-group/motions/${one.id}`, due: null })),
  ]
  const error = groups.error ?? appeals.error
  if (lines.length === 0 && !error) return null
  return (
    <Block title={t('groupWork', { n: lines.length })} error={error} onRetry={() => { void groups.refetch(); void appeals.refetch() }} flush>
      <ul className="yq-day-list">
        {lines.map((line) => (
          <li key={line.key} className="yq-day-line">
            <div className="yq-day-what"><span><Tag tone="warning">{line.what}</Tag> <Link className="yq-name" to={line.to}>{line.title}</Link></span>{line.due !== null && <span className="yq-small"><Deadline date={line.due} /></span>}</div>
          </li>
        ))}
      </ul>
    </Block>
  )
}
