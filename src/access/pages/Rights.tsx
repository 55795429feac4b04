import { Select } from 'antd'
import { useState } from 'react'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings, usePhone } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { readRights } from '../rights.contract.ts'
import { accessText } from './access-text.ts'

type Relation = 'MAIN' | 'ASSIST' | 'SUBSTITUTE' | 'ABSENT' | 'UNIT' | 'ALL' | 'GRANT'
const ways: readonly Relation[] = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL', 'GRANT']

/** Every action against every post, answered by the permission function. */
export default function Rights() {
  const t = useText(accessText)
  const { language } = useSettings()
  const phone = usePhone()
  const { data, error, refetch } = useContract(readRights, {})
  const [chosen, setChosen] = useState<readonly string[]>([])
  const posts = (data?.posts ?? []).filter((post) => (chosen.length > 0 ? chosen.includes(post.code) : !phone || post.code === 'RM'))
  const named = (one: { name: string; nameEn: string }): string => (language === 'zh' ? one.name : one.nameEn)
  const cell = (value: 'NO' | 'YES' | string[] | undefined) => {
    if (value === 'YES') return <span>✓<span className="yq-sr">{t('yes')}</span></span>
    if (value === undefined || value === 'NO' || value.length === 0) return <span className="yq-quiet"><span aria-hidden="true">·</span><span className="yq-sr">{t('no')}</span></span>
    if (value.length === ways.length) return <span>✓ <span className="yq-small yq-quiet">{t('everyWay')}</span></span>
    return <span>✓ <span className="yq-small yq-quiet">{value.map((way) => t(way as Relation)).join(mark('、'))}</span></span>
  }
  return (
    <Page>
      <PageHeader
        title={t('rights')} sub={t('onlyRead')}
        actions={<Select mode="multiple" allowClear aria-label={t('filterPosts')} placeholder={t('filterPosts')} style={{ minWidth: 220 }} value={[...chosen]} onChange={setChosen} options={(data?.posts ?? []).map((post) => ({ value: post.code, label: named(post) }))} />}
      />
      <Block title={t('rightsHint')} loading={!data} error={error} onRetry={() => void refetch()} flush>
        <PlainTable
          label={t('rights')}
          columns={[{ key: 'action', title: t('action') }, ...posts.map((post) => ({ key: post.code, title: named(post) }))]}
          rows={(data?.actions ?? []).map((row) => ({
            key: row.action,
            cells: [
              <div key="action">
                <div>{row.does.length === 0 ? row.action : row.does.map((one) => one[language]).join(mark('、'))} {row.secrecy !== 'NORMAL' && <Tag tone="warning">{t(row.secrecy)}</Tag>}</div>
                <div className="yq-quiet yq-small">{row.action}</div>
              </div>,
              ...posts.map((post) => cell(row.cells[post.code])),
            ],
          }))}
        />
      </Block>
    </Page>
  )
}
