import { Link } from 'react-router'
import { listMyDuties } from '../../duties/duty.contract.ts'
import { listTasks } from '../../duties/task.contract.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { Deadline } from '../../ui/Deadline.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { dayText } from './day-text.ts'

const shown = 5

/** The most urgent duties and tasks of the day; all of them stand in "我的待办". Absent when nothing is due. */
export function DutiesOfToday() {
  const t = useText(dayText)
  const pick = usePick()
  const { today } = useBank()
  const duties = useContract(listMyDuties, { query: {} })
  const tasks = useContract(listTasks, { query: { list: 'mine', limit: 50 } })
  const lines = [
    ...(duties.data?.items ?? []).filter((duty) => duty.state === 'OPEN' || duty.state === 'MISSED').map((duty) => ({ key: duty.id, name: pick({ zh: duty.name, en: duty.nameEn }), dueOn: duty.dueOn, to: '/tasks' })),
    ...(tasks.data?.items ?? []).map((task) => ({ key: task.id, name: task.title ?? '--', dueOn: task.dueOn, to: `/tasks?task=${task.id}` })),
  ].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  const error = duties.error ?? tasks.error
  if (lines.length === 0 && !error) return null
  const late = lines.filter((line) => line.dueOn < today).length
  return (
    <Block title={t('dutiesAndTasks', { n: lines.length })} error={error} onRetry={() => { void duties.refetch(); void tasks.refetch() }} flush actions={<span className="yq-row yq-small">{late > 0 && <Tag tone="error" icon="⬣">{t('overdue', { n: late })}</Tag>}<Link to="/tasks">{t('allTasks')}</Link></span>}>
      <ul className="yq-day-list">
        {lines.slice(0, shown).map((line) => (
          <li key={line.key} className="yq-day-line">
            <div className="yq-day-what"><Link className="yq-name" to={line.to}>{line.name}</Link><span className="yq-small"><Deadline date={line.dueOn} /></span></div>
          </li>
        ))}
      </ul>
    </Block>
  )
}
