import { listSharingPosts } from '../foundation/http/saved-view.contract.ts'
import { useContract } from './client.ts'
import { ChoiceField, RadioField } from './fields.tsx'
import { usePick, useText } from './text.ts'
import { uiText } from './ui-text.ts'
import type { FormState } from './useForm.ts'

/** With whom something of mine is shared: nobody, everybody of my unit and below, or only those who hold one post there. */
export type Share = { share: 'NONE' | 'LINE' | 'POST'; post: string | null }

export const sharedAs = (shared: boolean, post: string | null): Share => ({ share: !shared ? 'NONE' : post === null ? 'LINE' : 'POST', post })
/** As the server keeps it. */
export const shareOf = ({ share, post }: Share): { with: 'NONE' | 'LINE'; post: string | null } => ({ with: share === 'NONE' ? 'NONE' : 'LINE', post: share === 'POST' ? post : null })

export function ShareFields<V extends Share>({ form, hint }: { form: FormState<V>; hint: string }) {
  const t = useText(uiText)
  const postName = usePostName()
  const { data } = useContract(listSharingPosts, {}, { staleTime: 300_000 })
  return (
    <>
      <RadioField form={form} name="share" label={t('shareWith')} options={(['NONE', 'LINE', 'POST'] as const).map((value) => ({ value, label: t(`share${value}`) }))} hint={hint} />
      {form.values.share === 'POST' && <ChoiceField form={form} name="post" label={t('sharePost')} required options={(data?.items ?? []).map(({ code }) => ({ value: code, label: postName(code) }))} />}
    </>
  )
}

/** What the form itself finds: shared with a post, but not said with which. */
export const shareFinding = ({ share, post }: Share, needed: string): string | undefined => (share === 'POST' && post === null ? needed : undefined)

/** How a post is called; its code where it is none of my unit. */
export function usePostName(): (code: string) => string {
  const pick = usePick()
  const { data } = useContract(listSharingPosts, {}, { staleTime: 300_000 })
  return (code) => {
    const post = data?.items.find((one) => one.code === code)
    return post ? pick({ zh: post.name, en: post.nameEn }) : code
  }
}
