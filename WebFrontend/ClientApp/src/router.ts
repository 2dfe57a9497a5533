import { createRouter, createWebHistory } from 'vue-router'
import { reloadIfUpdated } from '@/freshness'
import { currentSession, loadSession } from '@/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in the language files. */
    title: string
    /** Fills a wall or hall screen; its sizes follow the screen's. */
    board?: boolean
    /** Only for signed-in staff. */
    staff?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'start', component: () => import('@/pages/StartPage.vue'), meta: { title: 'start.title' } },
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('@/pages/SignInPage.vue'),
      meta: { title: 'signIn.title' },
    },
    {
      path: '/wall/:region',
      name: 'wall',
      component: () => import('@/pages/WallPage.vue'),
      props: true,
      meta: { title: 'wall.title', board: true },
    },
    {
      path: '/hall/:hall',
      name: 'hall',
      component: () => import('@/pages/HallPage.vue'),
      props: true,
      meta: { title: 'hall.title', board: true },
    },
    {
      path: '/hall/:hall/displays',
      name: 'displays',
      component: () => import('@/pages/HallDisplaysPage.vue'),
      props: true,
      meta: { title: 'displays.title', staff: true },
    },
    {
      path: '/hall/:hall/figures',
      name: 'figures',
      component: () => import('@/pages/HallFiguresPage.vue'),
      props: true,
      meta: { title: 'figures.title', staff: true },
    },
    {
      path: '/hall/:hall/what-if',
      name: 'what-if',
      component: () => import('@/pages/WhatIfPage.vue'),
      props: true,
      meta: { title: 'whatIf.title', staff: true },
    },
    {
      path: '/counter',
      name: 'counter',
      component: () => import('@/pages/CounterPage.vue'),
      meta: { title: 'counter.title', staff: true },
    },
    {
      path: '/kiosk/:hall',
      name: 'kiosk',
      component: () => import('@/pages/KioskPage.vue'),
      props: true,
      meta: { title: 'kiosk.title' },
    },
    {
      path: '/book/:hall',
      name: 'book',
      component: () => import('@/pages/BookingPage.vue'),
      props: true,
      meta: { title: 'book.title' },
    },
    {
      path: '/appointment/:id',
      name: 'appointment',
      component: () => import('@/pages/AppointmentPage.vue'),
      props: true,
      meta: { title: 'appointment.title' },
    },
    {
      path: '/t/:id',
      name: 'ticket',
      component: () => import('@/pages/TicketPage.vue'),
      props: true,
      meta: { title: 'ticket.title' },
    },
    {
      path: '/track/:number?',
      name: 'track',
      component: () => import('@/pages/TrackPage.vue'),
      props: true,
      meta: { title: 'track.title' },
    },
    {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('@/pages/NotFoundPage.vue'),
      meta: { title: 'notFound.title' },
    },
  ],
})

export const signInAt = (path: string) => ({ name: 'sign-in', query: { return: path } })

router.beforeEach(async (to) => {
  if (!to.meta.staff || currentSession.value) return true
  // A server that cannot be reached now is the page's own affair: it shows so and tries again.
  const session = await loadSession().catch(() => undefined)
  return session === null ? signInAt(to.fullPath) : true
})

router.afterEach((to) => {
  document.documentElement.classList.toggle('board', to.meta.board === true)
})

// After an update the pieces of the old pages are gone from the server.
router.onError((error: unknown, to) => {
  if (error instanceof TypeError) void reloadIfUpdated(to.fullPath)
})
