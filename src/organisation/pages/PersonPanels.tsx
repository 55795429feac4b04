import { Button } from 'antd'
import { useState } from 'react'
import { Block } from '../../ui/Block.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import type { getPerson } from '../person.contract.ts'
import { organisationText } from './organisation-text.ts'
import { EndPost } from './PersonForms.tsx'

type Person = ReplyOf<typeof getPerson>

/** Every post as a fact, the newest first, those in force marked. */
export function PersonPosts({ person, changes }: { person: Person; changes: boolean }) {
  const t = useText(organisationText)
  const { language } = useSettings()
  const [ending, setEnding] = useState<{ key: number; title: string } | null>(null)
  const named = (post: Person['posts'][number]): string => (language === 'zh' ? post.postName : post.postNameEn)
  return (
    <Block title={t('posts')} flush>
      {person.posts.length === 0 ? <EmptyState title={t('noPosts')} /> : (
        <PlainTable
          label={t('posts')}
          columns={[{ key: 'post', title: t('post') }, { key: 'line', title: t('line') }, { key: 'place', title: t('place') }, { key: 'from', title: t('from') }, { key: 'to', title: t('until') }, { key: 'order', title: t('orderNo') }, { key: 'end', title: '' }]}
          rows={person.posts.map((post) => ({
            key: String(post.key),
            cells: [
              <span className="yq-row" key="post">{named(post)}{post.inForce && <Tag tone="success">{t('inForce')}</Tag>}{post.main && post.inForce && <Tag>{t('mainPost')}</Tag>}</span>,
              post.lineName, post.placeName, post.from, post.to ?? t('open'), post.orderNo ?? '--',
              changes && post.inForce && post.to === null ? <Button key="end" size="small" onClick={() => setEnding({ key: post.key, title: named(post) })}>{t('endPost')}</Button> : null,
            ],
          }))}
        />
      )}
      {ending && <EndPost open onClose={() => setEnding(null)} staffKey={person.staffKey} postKey={ending.key} title={ending.title} />}
    </Block>
  )
}

/** Joining, leaving, grades: only for himself and for those who may read the record. */
export function PersonRecord({ record }: { record: NonNullable<Person['record']> }) {
  const t = useText(organisationText)
  const gradeText = { A: t('gradeA'), B: t('gradeB'), C: t('gradeC') } as const
  return (
    <>
      <Block title={t('grades')} flush>
        {record.grades.length === 0 ? <EmptyState title={t('noGrades')} /> : (
          <PlainTable
            label={t('grades')} columns={[{ key: 'grade', title: t('grades') }, { key: 'from', title: t('from') }, { key: 'to', title: t('until') }, { key: 'why', title: t('reason') }]}
            rows={record.grades.map((held) => ({ key: held.from, cells: [gradeText[held.grade], held.from, held.to ?? t('open'), held.reason ?? '--'] }))}
          />
        )}
      </Block>
      <Block title={t('employments')} flush>
        <PlainTable
          label={t('employments')} columns={[{ key: 'from', title: t('from') }, { key: 'to', title: t('until') }, { key: 'why', title: t('reason') }]}
          rows={record.employments.map((span) => ({ key: span.from, cells: [span.from, span.to ?? t('open'), span.leaveReason ?? '--'] }))}
        />
      </Block>
    </>
  )
}
