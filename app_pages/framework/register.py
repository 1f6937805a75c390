"""What is not measured, and the register of what could be."""

from cscdash.views.framework.register import register

register()
