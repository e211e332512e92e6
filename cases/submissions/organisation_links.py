"""What moves along when the organisation that something was sent in for goes into another one."""

from portal.organisations.merging import register

register("submissions.CaseSubmission.organisation")
