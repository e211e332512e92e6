"""Mail that is laid ready in the transaction of what it tells about, and sent by the worker.

`queue_mail` writes a row; nothing is sent within a request. A row goes from waiting to sending to sent. What the server
refuses for now waits and is tried again; what it refuses for good is refused; and where nobody knows whether the server
took it (the connection broke after the last line, the worker was killed) it is uncertain: never sent again by itself,
but shown to staff.
"""
