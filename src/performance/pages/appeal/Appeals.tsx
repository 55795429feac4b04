import { Link } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { Deadline } from '../../../ui/Deadline.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import { listAppeals, type AppealShown } from '../../appeal/appeal.contract.ts'
import { appealText } from './appeal-text.ts'

export function AppealState({ appeal }: { appeal: AppealShown }) {
  const t = useText(appealText)
  return <><Tag tone={appeal.state === 'ADJUSTED' ? 'success' : appeal.state === 'OPEN' || appeal.state === 'IN_VOTE' ? 'warning' : 'info'}>{t(appeal.state)}</Tag>{appeal.late && <Tag tone="error" icon="⬣">{t('late')}</Tag>}</>
}
/** Appeals with their clock: one's own, those of one's groups, those of the line. */
export default function Appeals() {
  const t = useText(appealText)
  const pick = usePick()
  const { data, error, refetch } = useContract(listAppeals, {})
  return (
    <Page>
      <PageHeader title={t('appeals')} />
      <Block title={t('appeals')} loading={!data && !error} error={error} onRetry={() => void refetch()} flush={(data?.appeals.length ?? 0) > 0}>
        {data && (data.appeals.length === 0 ? <EmptyState title={t('none')} hint={t('noneHint')} /> : (
          <PlainTable
            label={t('appeals')} stack="short" columns={[{ key: 'n', title: t('number') }, { key: 's', title: t('state') }, { key: 'w', title: t('who') }, { key: 'm', title: t('month') }, { key: 'l', title: t('line') }, { key: 'b', title: t('answerBy') }]}
            rows={data.appeals.map((one) => ({ key: one.id, cells: [
              <Link key="n" to={`/appeals/${one.id}`}>{one.number}</Link>, <AppealState key="s" appeal={one} />, one.name, one.month, pick(named(codeNames, one.lineCode)), <Deadline key="d" date={one.answerBy} done={one.end !== null} {...(one.workingDaysLeft === null ? {} : { workingDays: one.workingDaysLeft })} />,
            ] }))}
          />
        ))}
      </Block>
    </Page>
  )
}
