import { Switch } from 'antd'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { chooseNotices, getNoticeSettings } from '../notice.contract.ts'
import { noticesText } from './notices-text.ts'

/** Which kinds go by which channel besides the notice centre, and where one is reached. */
export function NoticeSettings() {
  const t = useText(noticesText)
  const pick = usePick()
  const { data, error, refetch } = useContract(getNoticeSettings, {})
  const choose = useAct(chooseNotices, { refresh: ['notice-settings'] })
  return (
    <div className="yq-stack">
      <Block title={t('whereReached')} loading={!data} error={error} onRetry={() => void refetch()}>
        {data && (
          <Facts facts={[
            ...data.channels.map(({ channel, ready, address }) => ({
              label: t(channel), value: <span className="yq-row">{address ?? <span className="yq-quiet">{t('noAddress')}</span>}<Tag tone={ready ? 'success' : 'warning'}>{t(ready ? 'ready' : 'notReady')}</Tag></span>,
            })),
            { label: t('hours'), value: <span className="yq-num">{data.from}–{data.to}</span> }, { label: t('kept'), value: t('keptDays', { n: data.keptDays }) },
          ]} />
        )}
        {data && <p className="yq-small yq-quiet" style={{ margin: '8px 0 0' }}>{t('addressHint')}</p>}
      </Block>
      {choose.error && <ErrorState error={choose.error} onRetry={() => choose.reset()} />}
      {data && (
        <Block title={t('alsoBy')} flush>
          <PlainTable
            label={t('alsoBy')} columns={[{ key: 'kind', title: t('kind') }, ...data.channels.map(({ channel }) => ({ key: channel, title: t(channel) }))]}
            rows={data.kinds.map((kind) => ({
              key: kind.code, cells: [pick(kind), ...data.channels.map(({ channel }) => (
                <Switch key={channel} size="small" checked={kind.wanted[channel]} loading={choose.isPending && choose.variables.body.kind === kind.code && choose.variables.body.channel === channel} onChange={(wanted) => choose.mutate({ body: { kind: kind.code, channel, wanted } })} aria-label={`${pick(kind)} ${t(channel)}`} />))],
            }))}
          />
        </Block>
      )}
    </div>
  )
}
