import { permissionTable } from './access/permission-table.ts'
import type { Route } from './foundation/http/route.ts'
import { apiDescriptionRoute, healthRoute, readinessRoute } from './foundation/http/system-routes.ts'
import { changePasswordRoute, getSessionRoute, signInRoute, signOutRoute, switchPostRoute } from './access/sign-in.ts'

/** EVERY endpoint of the product, by capability. One line, one address. */
export const routes: readonly Route[] = [
  // the product itself
  healthRoute,
  readinessRoute,
  apiDescriptionRoute(() => routes, permissionTable),
  // access
  getSessionRoute,
  signInRoute,
  signOutRoute,
  changePasswordRoute,
  switchPostRoute,
]
