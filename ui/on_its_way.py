"""What a run of a fragment finds on its way to the browser gets there.

A run of a fragment that begins before the browser has got all of the run before drops
what that one drew in the fragment, in Streamlit 1.67. But it keeps the short messages
for what the browser has already, though the block that they go into is dropped: where
the browser still has something else the page breaks down ("'setIn' cannot be called on
an ElementNode"). And it keeps the word that the run before has finished, for which the
browser removes what it did not get. On a busy server a page that trains meets both.
"""

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_clear = ForwardMsgQueue.clear


def deliver_all() -> None:
    """Let runs of fragments leave waiting messages as they are, in their order.

    For all sessions of the process; to ask for it again changes nothing.
    """
    ForwardMsgQueue.clear = _clear_unless_fragment


def _clear_unless_fragment(
    queue: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    if not retain_lifecycle_msgs or fragment_ids_this_run is None:
        _clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        return
    # What is drawn from now on must not take an earlier one's place in the queue.
    queue._delta_index_map = {}
