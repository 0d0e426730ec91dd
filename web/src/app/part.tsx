/**
 * A part of the page that is loaded when it is first shown, or a little before. Until it is there nothing stands in its
 * place; where it does not come the reader is told, and it is asked for again when it is next shown.
 */
import { signal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Actions } from "../state/actions/actions";

export interface PartProps {
  readonly actions: Actions;
}

export interface Part<Props> {
  (props: Props): VNode | null;
  /** Has it at hand ahead of time. */
  load(): Promise<void>;
}

export function part<Props>(load: () => Promise<ComponentType<Props>>): Part<Props & PartProps> {
  const loaded = signal<{ readonly Component: ComponentType<Props> } | undefined>(undefined);
  let loading: Promise<void> | undefined;

  const begin = () => {
    loading ??= load().then(
      (Component) => {
        loaded.value = { Component };
      },
      (error) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };

  const Shown = (props: Props & PartProps) => {
    useLayoutEffect(() => {
      begin().catch((error) => props.actions.page.notLoaded(error));
    }, []);
    const Component = loaded.value?.Component;
    return Component ? <Component {...props} /> : null;
  };
  return Object.assign(Shown, { load: begin });
}
