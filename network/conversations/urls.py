"""Addresses of posts and of what readers do with a conversation. Conversations themselves live with their rooms."""

from django.urls import path

from network.conversations.views import posts, reading, replying, steering

app_name = "conversations"

urlpatterns = [
    path("berichten/<int:pk>/", posts.post_permalink, name="post"),
    path("berichten/<int:pk>/wijzigen/", posts.post_edit, name="edit"),
    path("berichten/<int:pk>/intrekken/", posts.post_withdraw, name="withdraw"),
    path("berichten/<int:pk>/versies/", posts.post_history, name="history"),
    path("berichten/<int:pk>/stem/", posts.post_vote, name="vote"),
    path("berichten/<int:pk>/citeren/", replying.post_quote, name="quote"),
    path("gesprekken/<int:pk>/antwoord/", replying.conversation_reply, name="reply"),
    path("gesprekken/<int:pk>/volgen/", reading.conversation_wants, name="wants"),
    path("gesprekken/<int:pk>/gelezen/", reading.conversation_read, name="read"),
    path("gesprekken/<int:pk>/slot/", steering.conversation_lock, name="lock"),
    path("gesprekken/concept/", reading.draft_save, name="draft"),
]
