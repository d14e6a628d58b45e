// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { effectScope } from 'vue';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import { useOpenForm } from '../composables/open-forms.ts';
import { updateStep, waitingUpdate } from '../updates/register-service-worker.ts';
import UpdateBar from './UpdateBar.vue';

afterEach(() => {
  waitingUpdate.value = null;
  updateStep.value = 'offered';
});

test('a press is answered at once, and an old worker that stays is told', async () => {
  let presses = 0;
  waitingUpdate.value = { apply: () => (presses += 1) };
  const bar = mountKit(UpdateBar);
  await bar.get('button').trigger('click');
  expect([presses, bar.get('p').text()]).toEqual([1, '有新版本。更新只要几秒，草稿都会留着。']);

  updateStep.value = 'taking';
  await bar.vm.$nextTick();
  await bar.get('button').trigger('click');
  expect([presses, bar.get('p').text()]).toEqual([1, '正在换成新版本…']);

  updateStep.value = 'late';
  await bar.vm.$nextTick();
  expect(bar.get('p').text()).toContain('最多再等五分钟');
});

test('over an open form it says that the form comes first, however far the update is', async () => {
  waitingUpdate.value = { apply: () => undefined };
  updateStep.value = 'late';
  const bar = mountKit(UpdateBar);
  const form = effectScope();
  form.run(() => useOpenForm(true));
  await bar.vm.$nextTick();
  expect(bar.get('p').text()).toBe('有新版本。先写完或离开正在填的内容，再更新。');
  expect(bar.get('button').attributes('disabled')).toBeDefined();
  form.stop();
  await bar.vm.$nextTick();
  expect(bar.get('p').text()).toContain('最多再等五分钟');
});
