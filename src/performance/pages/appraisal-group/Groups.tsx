import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { listAppraisalGroups, makeAppraisalGroup, putMotion, type GroupShown } from '../../appraisal-group/group.contract.ts'
import { AppointForm } from '../inspection/AppointForm.tsx'
import { groupText } from './group-text.ts'

/** The groups in which one takes part: term, members, motions; minutes of each day on which something was decided. */
export default function Groups() {
  const t = useText(groupText)
  const pick = usePick()
  const { data, error, refetch } = useContract(listAppraisalGroups, {})
  const go = useNavigate()
  const [appointing, setAppointing] = useState<GroupShown | null>(null)
  return (
    <Page>
      <PageHeader title={t('groups')} actions={data?.mayMake.allowed && <ActionButton type="primary" may={data.mayMake} refusals={makeAppraisalGroup.refusals} onClick={() => void go('/appraisal-group/new')}>{t('make')}</ActionButton>} />
      {(!data || data.groups.length === 0) && <Block title={t('groups')} loading={!data && !error} error={error} onRetry={() => void refetch()}>{data && <EmptyState title={t('none')} />}</Block>}
      {data?.groups.map((group) => (
        <Block key={group.id} title={group.name} actions={group.mayPut.allowed && <ActionButton size="small" may={group.mayPut} refusals={putMotion.refusals} onClick={() => setAppointing(group)}>{t('appoint')}</ActionButton>}>
          <div className="yq-stack">
            <Facts facts={[
              { label: t('unit'), value: group.unitName }, { label: t('term'), value: <><span className="yq-num">{group.from}</span> – <span className="yq-num">{group.to}</span> <Tag tone={group.inForce ? 'success' : 'info'}>{group.inForce ? t('inForce') : t('over')}</Tag></> }, { label: t('chair'), value: group.chair.name }, { label: t('secretary'), value: group.secretary.name },
              { label: t('members'), value: group.members.map((one) => aside(one.name, t(one.side))).join(mark('、')) },
            ]} />
            {group.motions.length === 0 ? <span className="yq-quiet">{t('noMotions')}</span> : (
              <PlainTable
                label={t('motions')} stack="short" columns={[{ key: 'n', title: t('number') }, { key: 'r', title: t('result') }, { key: 't', title: t('title') }, { key: 'v', title: t('votes'), right: true }]}
                rows={group.motions.map((one) => ({ key: one.id, cells: [<span key="n" className="yq-num">{one.number}</span>, <>{one.result === null ? <Tag tone="warning">{one.waitsForMe || one.waitsForClosing ? t('waits') : t('voting')}</Tag> : <Tag tone={one.result === 'PASSED' ? 'success' : 'info'}>{t(one.result)}</Tag>}</>, <Link key="t" to={`/appraisal-group/motions/${one.id}`}>{pick(one.title)}</Link>, one.votes] }))}
              />
            )}
            {[...new Set(group.motions.flatMap((one) => one.closedOn ?? []))].sort().reverse().slice(0, 3).map((day) => <a key={day} href={`/api/appraisal-groups/${group.id}/minutes?day=${day}`}>{t('minutes')} {day}</a>)}
          </div>
        </Block>
      ))}
      {appointing && <AppointForm group={appointing} onClose={() => setAppointing(null)} />}
    </Page>
  )
}
