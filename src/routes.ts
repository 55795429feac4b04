import type { Route } from './foundation/http/route.ts'
import { changePasswordRoute, getSessionRoute, signInRoute, signOutRoute, switchPostRoute } from './access/sign-in.ts'

/** EVERY endpoint of the product, by capability. One line, one address. */
export const routes: readonly Route[] = [
  // access
  getSessionRoute,
  signInRoute,
  signOutRoute,
  changePasswordRoute,
  switchPostRoute,
]
